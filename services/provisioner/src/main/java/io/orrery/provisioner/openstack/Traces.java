package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Lists what Kubernetes' controllers make beside what Orrery makes: volumes, their snapshots, load balancers. */
final class Traces {

    /** Cinder CSI's mark; upstream's pkg/csi/cinder/driver.go. */
    private static final String CLUSTER = "cinder.csi.openstack.org/cluster";

    /** A person's mark. */
    private static final String KEEP = "orrery.io/keep";

    private static final Logger LOG = Logger.getLogger(Traces.class);

    private final Connection connection;

    Traces(Connection connection) {
        this.connection = connection;
    }

    /** A service that the catalog does not have has nothing. */
    List<Thing> all() {
        var all = new ArrayList<Thing>();
        if (connection.find("volume").isPresent()) {
            all.addAll(list("volume", "/volumes/detail", "volumes", Traces::volume));
            all.addAll(list("volume", "/snapshots/detail", "snapshots", Traces::snapshot));
        }
        if (connection.find("load-balancer").isPresent()) {
            all.addAll(loadBalancers());
        }
        return all;
    }

    /** Octavia has roles of its own: who may not even list cannot have made any, and no cluster of theirs can. */
    private List<Thing> loadBalancers() {
        try {
            return list("load-balancer", "/lbaas/loadbalancers", "loadbalancers", Traces::loadBalancer);
        } catch (CloudException e) {
            if (e.sort() == Sort.REFUSED) {
                LOG.infof("load balancers are not looked for: %s", e.getMessage());
                return List.of();
            }
            throw e;
        }
    }

    private List<Thing> list(String service, String path, String member, Function<JsonNode, Thing> mapping) {
        return connection.list(service, path, member, Map.of(), JsonNode.class).stream()
                .map(mapping)
                .toList();
    }

    private static Thing volume(JsonNode node) {
        return new Thing.Volume(
                node.path("id").asText(),
                name(node),
                created(node),
                mark(node, CLUSTER),
                isKept(node),
                StreamSupport.stream(node.path("attachments").spliterator(), false)
                        .map(attachment -> attachment.path("server_id").asText())
                        .collect(Collectors.toSet()));
    }

    private static Thing snapshot(JsonNode node) {
        return new Thing.Snapshot(
                node.path("id").asText(),
                name(node),
                created(node),
                node.path("volume_id").asText(),
                mark(node, CLUSTER),
                isKept(node));
    }

    private static Thing loadBalancer(JsonNode node) {
        return Balancers.balancer(node, List.of(), List.of());
    }

    private static String name(JsonNode node) {
        return node.path("name").asText("");
    }

    private static Optional<String> mark(JsonNode node, String key) {
        return Optional.ofNullable(node.path("metadata").get(key)).map(JsonNode::asText);
    }

    private static boolean isKept(JsonNode node) {
        return mark(node, KEEP).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** Cinder and Octavia write a time in UTC without its zone. */
    static Instant created(JsonNode node) {
        try {
            return LocalDateTime.parse(node.path("created_at").asText()).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            LOG.tracef(e, "no time");
            return Instant.MAX;
        }
    }
}
