package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.provisioner.model.Balance.Check;
import io.orrery.provisioner.model.Balance.Listener;
import io.orrery.provisioner.model.Balance.Member;
import io.orrery.provisioner.model.Balance.Monitor;
import io.orrery.provisioner.model.Balance.Pool;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.model.Thing.LoadBalancer;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lists load balancers with what hangs on ours, by one list for each kind of part. Members alone can be listed for one pool
 * at a time only: they are asked for again once the pool's own line in its list has changed, of which Octavia writes the time.
 * Used by one thread at a time, under the lock of its {@link Shelf}.
 */
final class Balancers {

    private static final String SERVICE = "load-balancer";
    private static final String OURS = "orrery-";

    /** What a pool's members were when its line was like that. */
    private record Members(JsonNode pool, Set<Member> all) {}

    private final Connection connection;
    private Map<String, Members> known = Map.of();

    Balancers(Connection connection) {
        this.connection = connection;
    }

    /** @throws CloudException if the cloud has no such service */
    List<Thing> all() {
        if (connection.find(SERVICE).isEmpty()) {
            throw new CloudException(
                    Sort.REFUSED,
                    "LoadBalancersMissing",
                    "the cloud's catalog has no service load-balancer: spec.network.api.endpoint octavia needs it, vip does not");
        }
        var balancers = list("loadbalancers");
        if (balancers.stream().noneMatch(Balancers::isOurs)) {
            return balancers.stream()
                    .<Thing>map(node -> balancer(node, List.of(), List.of()))
                    .toList();
        }
        var listeners = by("loadbalancers", list("listeners"));
        var monitors = by("pools", list("healthmonitors"));
        var pools = by(
                "loadbalancers",
                list("pools").stream().filter(Balancers::isOurs).toList());
        keep(pools);
        return balancers.stream()
                .<Thing>map(node -> balancer(
                        node,
                        each(listeners, node, Balancers::listener),
                        each(pools, node, pool -> pool(pool, each(monitors, pool, Balancers::monitor)))))
                .toList();
    }

    private List<JsonNode> list(String member) {
        return connection.list(SERVICE, "/lbaas/" + member, member, Map.of(), JsonNode.class);
    }

    private static boolean isOurs(JsonNode node) {
        return node.path("name").asText().startsWith(OURS);
    }

    /** By the id of what they hang on. */
    private static Map<String, List<JsonNode>> by(String parents, List<JsonNode> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(
                        part -> part.path(parents).path(0).path("id").asText()));
    }

    private static <T> List<T> each(Map<String, List<JsonNode>> parts, JsonNode parent, Function<JsonNode, T> mapping) {
        return parts.getOrDefault(parent.path("id").asText(), List.of()).stream()
                .map(mapping)
                .toList();
    }

    private void keep(Map<String, List<JsonNode>> pools) {
        var all = new HashMap<String, Members>();
        pools.values().stream().flatMap(List::stream).forEach(pool -> {
            var id = pool.path("id").asText();
            var before = Optional.ofNullable(known.get(id))
                    .filter(members -> members.pool().equals(pool));
            all.put(id, before.orElseGet(() -> new Members(pool, members(id))));
        });
        known = all;
    }

    /** None of a pool that is gone by now. */
    private Set<Member> members(String pool) {
        try {
            return connection
                    .list(SERVICE, "/lbaas/pools/" + pool + "/members", "members", Map.of(), JsonNode.class)
                    .stream()
                    .map(Balancers::member)
                    .collect(Collectors.toSet());
        } catch (CloudException e) {
            if (e.sort() == Sort.NOT_FOUND) {
                return Set.of();
            }
            throw e;
        }
    }

    static LoadBalancer balancer(JsonNode node, List<Listener> listeners, List<Pool> pools) {
        return new LoadBalancer(
                node.path("id").asText(),
                node.path("name").asText(""),
                Traces.created(node),
                status(node.path("provisioning_status").asText()),
                node.path("admin_state_up").asBoolean(true),
                node.path("vip_port_id").asText(""),
                listeners,
                pools);
    }

    private static LoadBalancer.Provisioning status(String word) {
        return switch (word) {
            case "ACTIVE" -> LoadBalancer.Provisioning.ACTIVE;
            case "ERROR" -> LoadBalancer.Provisioning.ERROR;
            default -> LoadBalancer.Provisioning.PENDING;
        };
    }

    private static Listener listener(JsonNode node) {
        var sources = new HashSet<String>();
        node.path("allowed_cidrs").forEach(range -> sources.add(range.asText()));
        return new Listener(
                node.path("id").asText(),
                node.path("protocol_port").asInt(),
                sources,
                node.path("admin_state_up").asBoolean(),
                Optional.ofNullable(node.path("default_pool_id").textValue()));
    }

    private Pool pool(JsonNode node, List<Monitor> monitors) {
        var id = node.path("id").asText();
        return new Pool(
                id,
                node.path("name").asText(),
                node.path("admin_state_up").asBoolean(),
                known.get(id).all(),
                monitors.stream().findFirst());
    }

    private static Member member(JsonNode node) {
        var port = node.path("protocol_port").asInt();
        return new Member(
                node.path("address").asText(),
                port,
                node.path("monitor_port").asInt(port),
                node.path("admin_state_up").asBoolean() && node.path("weight").asInt() > 0);
    }

    private static Monitor monitor(JsonNode node) {
        return new Monitor(
                node.path("id").asText(),
                new Check(
                        node.path("type").asText(),
                        node.path("delay").asInt(),
                        node.path("timeout").asInt(),
                        node.path("max_retries").asInt(),
                        node.path("admin_state_up").asBoolean()));
    }
}
