package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Query;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Neutron's list queries: equality on any field (several values are alternatives), tags, fields, sorting. */
final class Filter {
    private static final Set<String> NO_FILTERS = Set.of(
            "limit",
            "marker",
            "page_reverse",
            "fields",
            "sort_key",
            "sort_dir",
            "tags",
            "tags-any",
            "not-tags",
            "not-tags-any");

    private final Query query;

    Filter(Query query) {
        this.query = query;
    }

    boolean admits(ObjectNode resource) {
        return query.names().stream()
                        .filter(name -> !NO_FILTERS.contains(name))
                        .allMatch(name -> fieldMatches(resource, name))
                && tagsMatch(Json.texts(resource.path("tags")));
    }

    private boolean fieldMatches(ObjectNode resource, String name) {
        var wanted = query.all(name);
        if (name.equals("ip_address_substr")) {
            return true;
        }
        if (name.equals("fixed_ips")) {
            return wanted.stream().allMatch(pair -> fixedAddressMatches(resource.path(name), pair));
        }
        var value = resource.get(name);
        return value == null || wanted.stream().anyMatch(text -> matches(value, text));
    }

    /** {@code ip_address=10.0.0.5}, {@code subnet_id=…} or {@code ip_address_substr=…}: one pair of each value. */
    private static boolean fixedAddressMatches(JsonNode addresses, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw Kind.bad("Invalid input for fixed_ips filter: " + pair);
        }
        var key = pair.substring(0, equals);
        var value = pair.substring(equals + 1);
        return Json.elements(addresses).stream()
                .anyMatch(address -> key.equals("ip_address_substr")
                        ? Json.text(address, "ip_address").contains(value)
                        : Json.text(address, key).equals(value));
    }

    private static boolean matches(JsonNode value, String text) {
        if (value.isBoolean()) {
            return value.booleanValue() == Query.truth(text);
        }
        if (value.isArray()) {
            return Json.elements(value).stream()
                    .anyMatch(element -> element.asText().equals(text));
        }
        return value.isNull()
                ? text.isEmpty() || text.equals("None")
                : value.asText().equals(text);
    }

    private boolean tagsMatch(List<String> tags) {
        return wanted("tags").map(tags::containsAll).orElse(true)
                && wanted("tags-any")
                        .map(any -> any.stream().anyMatch(tags::contains))
                        .orElse(true)
                && !wanted("not-tags").map(tags::containsAll).orElse(false)
                && !wanted("not-tags-any")
                        .map(any -> any.stream().anyMatch(tags::contains))
                        .orElse(false);
    }

    private java.util.Optional<List<String>> wanted(String name) {
        return query.first(name).map(text -> List.of(text.split(",", -1)));
    }

    List<ObjectNode> sorted(List<ObjectNode> resources) {
        var keys = query.all("sort_key");
        var directions = query.all("sort_dir");
        // Neutron sorts by id where pages are asked for; without, by no rule that one may rely on.
        Comparator<ObjectNode> order = Comparator.comparing(resource -> Json.text(resource, "id"));
        for (int i = keys.size() - 1; i >= 0; i--) {
            var key = keys.get(i);
            Comparator<ObjectNode> by = Comparator.comparing(resource -> Json.text(resource, key));
            boolean descending = i < directions.size()
                    && directions.get(i).toLowerCase(Locale.ROOT).equals("desc");
            order = (descending ? by.reversed() : by).thenComparing(order);
        }
        return resources.stream().sorted(order).toList();
    }

    ObjectNode reduced(ObjectNode resource) {
        var fields = query.all("fields");
        return fields.isEmpty() ? resource : resource.deepCopy().retain(fields);
    }
}
