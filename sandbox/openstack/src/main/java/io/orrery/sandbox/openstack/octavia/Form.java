package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Set;

/**
 * What a kind of part can be asked to be like. Attributes that Octavia has, and that are not in here, are told to be
 * unsupported rather than passed over.
 */
enum Form {
    BALANCER(
            "loadbalancer",
            "loadbalancers",
            "Load Balancer",
            Set.of(),
            Set.of("vip_network_id", "vip_port_id", "provider", "listeners"),
            Json.object("name", "", "description", "", "admin_state_up", true)),

    LISTENER(
            "listener",
            "listeners",
            "Listener",
            Set.of("protocol", "protocol_port"),
            Set.of("loadbalancer_id", "default_pool"),
            Json.object(
                    "name",
                    "",
                    "description",
                    "",
                    "admin_state_up",
                    true,
                    "default_pool_id",
                    null,
                    "allowed_cidrs",
                    null,
                    "connection_limit",
                    -1,
                    "timeout_client_data",
                    50_000,
                    "timeout_member_connect",
                    5000,
                    "timeout_member_data",
                    50_000)),

    POOL(
            "pool",
            "pools",
            "Pool",
            Set.of("protocol"),
            Set.of("loadbalancer_id", "members", "healthmonitor"),
            Json.object(
                    "name",
                    "",
                    "description",
                    "",
                    "admin_state_up",
                    true,
                    "lb_algorithm",
                    null,
                    "session_persistence",
                    null)),

    MONITOR(
            "healthmonitor",
            "healthmonitors",
            "Health Monitor",
            Set.of("type"),
            Set.of("pool_id"),
            Json.object(
                    "name",
                    "",
                    "admin_state_up",
                    true,
                    "delay",
                    null,
                    "timeout",
                    null,
                    "max_retries",
                    null,
                    "max_retries_down",
                    3)),

    MEMBER(
            "member",
            "members",
            "Member",
            Set.of("address", "protocol_port"),
            Set.of(),
            Json.object(
                    "name",
                    "",
                    "admin_state_up",
                    true,
                    "weight",
                    1,
                    "backup",
                    false,
                    "monitor_port",
                    null,
                    "monitor_address",
                    null,
                    "subnet_id",
                    null));

    private final String singular;
    private final String plural;
    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // by Set.of
    private final Set<String> needed;

    @SuppressWarnings("ImmutableEnumChecker") // by Set.of
    private final Set<String> fixed;

    @SuppressWarnings("ImmutableEnumChecker") // only read here
    private final ObjectNode usual;

    /**
     * @param words in messages
     * @param needed must be given when it is made, and cannot be changed
     * @param fixed may be given when it is made, and cannot be changed
     * @param usual all that can be changed, as it is where nothing is said
     */
    Form(String singular, String plural, String words, Set<String> needed, Set<String> fixed, ObjectNode usual) {
        this.singular = singular;
        this.plural = plural;
        this.words = words;
        this.needed = needed;
        this.fixed = fixed;
        this.usual = usual;
    }

    String singular() {
        return singular;
    }

    String plural() {
        return plural;
    }

    String words() {
        return words;
    }

    /** The attributes of a new one, but for those of which it is made up. */
    ObjectNode made(JsonNode wish) {
        for (var name : needed) {
            if (!Json.has(wish, name)) {
                throw new Refusal(
                        400, "Invalid input for field/attribute " + name + ". Value: 'None'. Mandatory field missing.");
            }
        }
        var node = Json.object();
        wish.properties().forEach(field -> {
            if (needed.contains(field.getKey())) {
                node.set(field.getKey(), field.getValue());
            } else if (!fixed.contains(field.getKey())) {
                refuseUnknown(field.getKey());
            }
        });
        usual.properties()
                .forEach(field -> node.set(
                        field.getKey(),
                        wish.path(field.getKey()).isMissingNode() ? field.getValue() : wish.get(field.getKey())));
        return node;
    }

    void change(ObjectNode node, JsonNode wish) {
        wish.fieldNames().forEachRemaining(this::refuseUnknown);
        node.setAll((ObjectNode) wish.deepCopy());
    }

    private void refuseUnknown(String name) {
        if (!usual.has(name)) {
            throw Refusal.unsupported(name + " of a " + singular);
        }
    }
}
