package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports: what has an address on a network. */
final class Ports implements Behaviour {
    private static final Set<String> SERVICE_OWNERS =
            Set.of(Topology.ROUTER_INTERFACE, Topology.ROUTER_GATEWAY, Topology.FLOATING_IP);

    private final Topology topology;
    private final Addresses addresses;
    private final Groups groups;

    Ports(Topology topology, Addresses addresses, Groups groups) {
        this.topology = topology;
        this.addresses = addresses;
        this.groups = groups;
    }

    @Override
    public void create(Caller caller, ObjectNode port) {
        var network = topology.network(Json.text(port, "network_id"));
        boolean usable = caller.owns(Json.text(network, "project_id"))
                || network.path("shared").asBoolean();
        if (!usable && !SERVICE_OWNERS.contains(Json.text(port, "device_owner"))) {
            throw network.path("router:external").asBoolean()
                    ? new Refusal(403, "PolicyNotAuthorized", "rule:create_port is disallowed by policy")
                    : Kinds.NETWORK.notFound(Topology.id(network));
        }
        refuseUsedMac(port);
        if (Json.text(port, "mac_address").isEmpty()) {
            port.put("mac_address", mac());
        }
        port.set("security_groups", groupsOf(port));
        port.set("allowed_address_pairs", pairs(port.path("allowed_address_pairs"), Json.text(port, "mac_address")));
        port.set("fixed_ips", addresses.assign(Topology.id(network), port.path("fixed_ips"), Topology.id(port)));
        port.put("status", isBound(port) && !isCompute(port) ? "ACTIVE" : "DOWN");
    }

    private ArrayNode groupsOf(ObjectNode port) {
        var wished = port.path("security_groups");
        if (Json.holds(wished, "(default)")) {
            boolean secured = port.path("port_security_enabled").asBoolean(true)
                    && !SERVICE_OWNERS.contains(Json.text(port, "device_owner"));
            return secured
                    ? Json.array(java.util.List.of(Topology.id(groups.defaultOf(Json.text(port, "project_id")))))
                    : Json.array(java.util.List.of());
        }
        wished.forEach(id -> requireGroup(id.asText(), Json.text(port, "project_id")));
        return (ArrayNode) wished;
    }

    private void requireGroup(String id, String project) {
        var group = topology.groups.find(id).filter(found -> Json.text(found, "project_id")
                .equals(project));
        if (group.isEmpty()) {
            throw Kinds.SECURITY_GROUP.notFound(id);
        }
    }

    private void refuseUsedMac(ObjectNode port) {
        var mac = Json.text(port, "mac_address");
        var network = Json.text(port, "network_id");
        if (!mac.isEmpty()
                && topology.portsOn(network).stream()
                        .anyMatch(other -> Json.text(other, "mac_address").equals(mac))) {
            throw new Refusal(
                    409,
                    "MacAddressInUse",
                    "Unable to complete operation for network %s. The mac address %s is in use."
                            .formatted(network, mac));
        }
    }

    private static ArrayNode pairs(JsonNode wished, String mac) {
        var pairs = Json.elements(wished).stream()
                .map(pair -> {
                    if (!Json.has(pair, "ip_address")) {
                        throw new Refusal(
                                400, "AllowedAddressPairsMissingIP", "AllowedAddressPair must contain ip_address");
                    }
                    return Json.object(
                            "mac_address",
                            Json.has(pair, "mac_address") ? Json.text(pair, "mac_address") : mac,
                            "ip_address",
                            Json.text(pair, "ip_address"));
                })
                .toList();
        if (Set.copyOf(pairs).size() < pairs.size()) {
            throw new Refusal(
                    400,
                    "DuplicateAddressPairInRequest",
                    "Request contains duplicate address pair: mac_address %s ip_address %s."
                            .formatted(
                                    Json.text(pairs.getFirst(), "mac_address"),
                                    Json.text(pairs.getFirst(), "ip_address")));
        }
        return Json.array(pairs);
    }

    private static String mac() {
        var random = ThreadLocalRandom.current();
        return "fa:16:3e:%02x:%02x:%02x".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    private static boolean isBound(ObjectNode port) {
        return !Json.text(port, "device_id").isEmpty()
                && port.path("admin_state_up").asBoolean();
    }

    static boolean isCompute(ObjectNode port) {
        return Json.text(port, "device_owner").startsWith("compute:");
    }

    @Override
    public void update(Caller caller, ObjectNode port, ObjectNode changes) {
        if (changes.has("security_groups")) {
            changes.path("security_groups").forEach(id -> requireGroup(id.asText(), Json.text(port, "project_id")));
        }
        if (changes.has("allowed_address_pairs")) {
            changes.set(
                    "allowed_address_pairs",
                    pairs(changes.path("allowed_address_pairs"), Json.text(port, "mac_address")));
        }
        if (changes.has("fixed_ips")) {
            changes.set(
                    "fixed_ips",
                    addresses.assign(Json.text(port, "network_id"), changes.path("fixed_ips"), Topology.id(port)));
        }
        refuseUnguarded(port, changes);
        port.setAll(changes);
    }

    /** Groups and shared addresses need port security. */
    private static void refuseUnguarded(ObjectNode port, ObjectNode changes) {
        var after = port.deepCopy();
        after.setAll(changes);
        if (after.path("port_security_enabled").asBoolean(true)) {
            return;
        }
        if (changes.path("security_groups").size() > 0) {
            throw new Refusal(
                    400,
                    "PortSecurityAndIPRequiredForSecurityGroups",
                    "Port security must be enabled and port must have an IP address in order to use security groups.");
        }
        if (after.path("allowed_address_pairs").size() > 0) {
            throw new Refusal(
                    409,
                    "AddressPairAndPortSecurityRequired",
                    "Port Security must be enabled in order to have allowed address pairs on a port.");
        }
        if (after.path("security_groups").size() > 0) {
            throw new Refusal(
                    409,
                    "PortSecurityPortHasSecurityGroup",
                    "Port has security group associated. Cannot disable port security or IP address until security group is removed.");
        }
    }

    @Override
    public void delete(Caller caller, ObjectNode port) {
        var owner = Json.text(port, "device_owner");
        if (SERVICE_OWNERS.contains(owner)) {
            throw new Refusal(
                    409,
                    "ServicePortInUse",
                    "Port %s cannot be deleted directly via the port API: has device owner %s."
                            .formatted(Topology.id(port), owner));
        }
        release(port);
    }

    /** Floating IPs outlive the port that they lead to. */
    void release(ObjectNode port) {
        topology.floatingIpsOf(Topology.id(port)).forEach(FloatingIps::disassociate);
    }
}
