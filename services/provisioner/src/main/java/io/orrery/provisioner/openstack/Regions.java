package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The regions that an entry of clouds.yaml knows, in its order. */
record Regions(List<Region> all) {

    /** @param values what is different there */
    record Region(String name, ObjectNode values) {}

    Regions {
        all = List.copyOf(all);
    }

    /** {@code regions}, a list of names or of {name, values}; or {@code region_name}, one, a list, or several with commas. */
    static Optional<Regions> of(ObjectNode config) {
        var found = new ArrayList<Region>();
        var several = config.path("regions");
        (several.isMissingNode() ? config.path("region_name") : several).forEach(node -> found.add(region(node)));
        if (found.isEmpty() && config.path("region_name").isValueNode()) {
            for (var name : config.path("region_name").asText("").split(",", -1)) {
                if (!name.isBlank()) {
                    found.add(new Region(name.strip(), nothing()));
                }
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new Regions(found));
    }

    Region choose(String cloud, Optional<String> wanted) {
        return wanted.map(name -> all.stream()
                        .filter(region -> region.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new CloudException(
                                Sort.REFUSED,
                                "RegionUnknown",
                                "cloud " + cloud + " has no region " + name + " in clouds.yaml: it has " + names())))
                .orElseGet(all::getFirst);
    }

    private String names() {
        return all.stream().map(Region::name).collect(Collectors.joining(", "));
    }

    private static Region region(JsonNode node) {
        return node.isObject()
                ? new Region(
                        node.path("name").asText(),
                        node.get("values") instanceof ObjectNode values ? values : nothing())
                : new Region(node.asText(), nothing());
    }

    private static ObjectNode nothing() {
        return new ObjectNode(JsonNodeFactory.instance);
    }
}
