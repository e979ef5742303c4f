package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Cidr;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Map;

/** Security group rules: nothing of them can be changed, and no two are the same. */
final class Rules implements Behaviour {
    private static final List<String> PROTOCOLS = List.of(
            "ah",
            "dccp",
            "egp",
            "esp",
            "gre",
            "hopopt",
            "icmp",
            "igmp",
            "ip",
            "ipip",
            "ipv6-encap",
            "ipv6-frag",
            "ipv6-icmp",
            "icmpv6",
            "ipv6-nonxt",
            "ipv6-opts",
            "ipv6-route",
            "ospf",
            "pgm",
            "rsvp",
            "sctp",
            "tcp",
            "udp",
            "udplite",
            "vrrp");
    private static final Map<String, String> NUMBERS =
            Map.of("1", "icmp", "6", "tcp", "17", "udp", "58", "ipv6-icmp", "132", "sctp", "112", "vrrp", "any", "");

    private final Topology topology;

    Rules(Topology topology) {
        this.topology = topology;
    }

    @Override
    public void create(Caller caller, ObjectNode rule) {
        var group = Json.text(rule, "security_group_id");
        requireGroup(caller, group);
        if (!List.of("ingress", "egress").contains(Json.text(rule, "direction"))) {
            throw Kind.bad("Invalid input for direction. Reason: '%s' is not in ['ingress', 'egress']."
                    .formatted(Json.text(rule, "direction")));
        }
        checkProtocol(rule);
        checkPorts(rule);
        checkRemote(caller, rule);
        refuseDuplicate(rule, group);
        rule.put("revision_number", 0);
    }

    private void requireGroup(Caller caller, String id) {
        var group = topology.groups.find(id).filter(found -> caller.owns(Json.text(found, "project_id")));
        if (group.isEmpty()) {
            throw Kinds.SECURITY_GROUP.notFound(id);
        }
    }

    private static void checkProtocol(ObjectNode rule) {
        var protocol = Json.text(rule, "protocol").toLowerCase(java.util.Locale.ROOT);
        if (protocol.isEmpty() || protocol.equals("any")) {
            rule.putNull("protocol");
            return;
        }
        boolean number = protocol.matches("\\d{1,3}") && Integer.parseInt(protocol) <= 255;
        if (!number && !PROTOCOLS.contains(protocol)) {
            throw new Refusal(
                    400,
                    "SecurityGroupRuleInvalidProtocol",
                    "Security group rule protocol %s not supported. Only protocol values [None, %s] and integer representations [0 to 255] are supported."
                            .formatted(protocol, "'" + String.join("', '", PROTOCOLS) + "'"));
        }
        rule.put("protocol", protocol);
    }

    private static void checkPorts(ObjectNode rule) {
        boolean given = Json.has(rule, "port_range_min") || Json.has(rule, "port_range_max");
        if (!given) {
            return;
        }
        var protocol = canonical(Json.text(rule, "protocol"));
        if (protocol.isEmpty()) {
            throw new Refusal(
                    400,
                    "SecurityGroupProtocolRequiredWithPorts",
                    "Must also specify protocol if port range is given.");
        }
        int min = port(rule, "port_range_min");
        int max = port(rule, "port_range_max");
        if (protocol.contains("icmp")) {
            return;
        }
        for (int port : new int[] {min, max}) {
            if (port > 65535) {
                throw new Refusal(400, "SecurityGroupInvalidPortValue", "Invalid value for port " + port);
            }
        }
        if (min < 0 || max < 0 || min > max) {
            throw new Refusal(
                    400,
                    "SecurityGroupInvalidPortRange",
                    "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
    }

    private static int port(ObjectNode rule, String field) {
        if (!Json.has(rule, field)) {
            return -1;
        }
        var text = Json.text(rule, field);
        if (!text.matches("\\d{1,6}")) {
            throw new Refusal(400, "SecurityGroupInvalidPortValue", "Invalid value for port " + text);
        }
        int port = Integer.parseInt(text);
        rule.put(field, port);
        return port;
    }

    private void checkRemote(Caller caller, ObjectNode rule) {
        boolean prefix = Json.has(rule, "remote_ip_prefix");
        if (prefix && Json.has(rule, "remote_group_id")) {
            throw new Refusal(
                    400,
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.");
        }
        if (Json.has(rule, "remote_group_id")) {
            requireGroup(caller, Json.text(rule, "remote_group_id"));
        }
        rule.set("normalized_cidr", prefix ? normalized(rule) : Json.node(null));
    }

    private static JsonNode normalized(ObjectNode rule) {
        var text = Json.text(rule, "remote_ip_prefix");
        var ethertype = Json.text(rule, "ethertype");
        boolean six = text.contains(":");
        var cidr = Cidr.parse(text.contains("/") ? text : text + "/32");
        if (!six && cidr.isEmpty()) {
            throw new Refusal(400, "InvalidCIDR", "Invalid CIDR " + text + " given as IP prefix.");
        }
        if (six != ethertype.equals("IPv6")) {
            throw new Refusal(
                    400,
                    "SecurityGroupRuleParameterConflict",
                    "Conflicting value ethertype %s for CIDR %s".formatted(ethertype, text));
        }
        return Json.node(six ? text : cidr.orElseThrow().toString());
    }

    private void refuseDuplicate(ObjectNode rule, String group) {
        var meaning = meaning(rule);
        Topology.with(topology.rules, "security_group_id", group)
                .filter(other -> meaning(other).equals(meaning))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(
                            409,
                            "SecurityGroupRuleExists",
                            "Security group rule already exists. Rule id is " + Topology.id(other) + ".");
                });
    }

    /** Two rules are the same to Neutron if this is; no prefix and the prefix of all addresses mean the same. */
    private static List<String> meaning(ObjectNode rule) {
        var cidr = Json.text(rule, "normalized_cidr");
        return List.of(
                Json.text(rule, "direction"),
                Json.text(rule, "ethertype"),
                canonical(Json.text(rule, "protocol")),
                Json.text(rule, "port_range_min"),
                Json.text(rule, "port_range_max"),
                List.of("0.0.0.0/0", "::/0").contains(cidr) ? "" : cidr,
                Json.text(rule, "remote_group_id"));
    }

    private static String canonical(String protocol) {
        var name = NUMBERS.getOrDefault(protocol, protocol);
        return name.equals("icmpv6") ? "ipv6-icmp" : name;
    }

    @Override
    public void update(Caller caller, ObjectNode rule, ObjectNode changes) {
        rule.setAll(changes);
    }

    @Override
    public void delete(Caller caller, ObjectNode rule) {
        // Nothing hangs on a rule.
    }
}
