package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Cidr;
import io.orrery.sandbox.openstack.model.Json;
import java.util.ArrayList;
import java.util.List;

/** Subnets: their ranges, gateways and allocation pools. */
final class Subnets implements Behaviour {
    private final Topology topology;

    Subnets(Topology topology) {
        this.topology = topology;
    }

    @Override
    public void create(Caller caller, ObjectNode subnet) {
        var network = topology.network(Json.text(subnet, "network_id"));
        if (!caller.owns(Json.text(network, "project_id"))) {
            throw Kinds.NETWORK.notFound(Topology.id(network));
        }
        if (subnet.path("ip_version").asInt() != 4) {
            throw Refusal.unsupported("subnets of IPv6");
        }
        if (!Json.has(subnet, "cidr")) {
            throw new Refusal(
                    400, "BadRequest", "Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
        }
        var text = Json.text(subnet, "cidr");
        var cidr = Cidr.parse(text).orElseThrow(() -> invalid(text + " is not in a CIDR format."));
        refuseOverlap(network, cidr);
        subnet.put("cidr", cidr.toString());
        if (Json.text(subnet, "gateway_ip").equals("(first)")) {
            subnet.put("gateway_ip", Cidr.text(cidr.firstUsable()));
        }
        subnet.set("allocation_pools", pools(subnet, cidr));
    }

    private void refuseOverlap(ObjectNode network, Cidr cidr) {
        boolean overlaps = topology.subnetsOf(Topology.id(network)).stream()
                .anyMatch(other -> cidr(other).overlaps(cidr));
        if (overlaps) {
            throw invalid("Requested subnet with cidr: %s for network: %s overlaps with another subnet."
                    .formatted(cidr, Topology.id(network)));
        }
    }

    /** All addresses but the gateway's, or those that are asked for. */
    private static ArrayNode pools(ObjectNode subnet, Cidr cidr) {
        var gateway = Json.has(subnet, "gateway_ip") ? address(Json.text(subnet, "gateway_ip")) : -1;
        var wished = subnet.get("allocation_pools");
        if (wished.isArray() && !wished.isEmpty()) {
            wished.forEach(pool -> checkPool(pool, cidr, gateway));
            return (ArrayNode) wished;
        }
        List<ObjectNode> pools = new ArrayList<>();
        long from = cidr.firstUsable();
        long to = cidr.lastUsable();
        if (gateway < from || gateway > to) {
            pools.add(pool(from, to));
        } else {
            if (gateway > from) {
                pools.add(pool(from, gateway - 1));
            }
            if (gateway < to) {
                pools.add(pool(gateway + 1, to));
            }
        }
        return Json.array(pools);
    }

    private static ObjectNode pool(long from, long to) {
        return Json.object("start", Cidr.text(from), "end", Cidr.text(to));
    }

    private static void checkPool(JsonNode pool, Cidr cidr, long gateway) {
        long from = address(Json.text(pool, "start"));
        long to = address(Json.text(pool, "end"));
        var text = Json.text(pool, "start") + "-" + Json.text(pool, "end");
        if (from > to) {
            throw new Refusal(400, "InvalidAllocationPool", "The allocation pool " + text + " is not valid.");
        }
        if (from < cidr.firstUsable() || to > cidr.lastUsable()) {
            throw new Refusal(
                    400,
                    "OutOfBoundsAllocationPool",
                    "The allocation pool %s spans beyond the subnet cidr %s.".formatted(text, cidr));
        }
        if (from <= gateway && gateway <= to) {
            throw new Refusal(
                    409,
                    "GatewayConflictWithAllocationPools",
                    "Gateway ip %s conflicts with allocation pool %s.".formatted(Cidr.text(gateway), text));
        }
    }

    @Override
    public void update(Caller caller, ObjectNode subnet, ObjectNode changes) {
        if (changes.has("allocation_pools")) {
            var together = subnet.deepCopy();
            together.setAll(changes);
            changes.set("allocation_pools", pools(together, cidr(subnet)));
        }
        refuseMovedGateway(subnet, changes);
        subnet.setAll(changes);
    }

    /** What a router answers at stays the gateway, unless there is to be none. */
    private void refuseMovedGateway(ObjectNode subnet, ObjectNode changes) {
        var gateway = Json.text(subnet, "gateway_ip");
        if (!Json.has(changes, "gateway_ip") || gateway.isEmpty()) {
            return;
        }
        topology.portsOn(Json.text(subnet, "network_id")).stream()
                .filter(port -> Json.text(port, "device_owner").equals(Topology.ROUTER_INTERFACE))
                .filter(port -> Topology.addresses(port).contains(gateway))
                .findFirst()
                .ifPresent(port -> {
                    throw new Refusal(
                            409,
                            "GatewayIpInUse",
                            "Current gateway ip %s already in use by port %s. Unable to update."
                                    .formatted(gateway, Topology.id(port)));
                });
    }

    @Override
    public void delete(Caller caller, ObjectNode subnet) {
        var id = Topology.id(subnet);
        boolean used = topology.portsOn(Json.text(subnet, "network_id")).stream()
                .anyMatch(port -> Topology.subnetIds(port).contains(id));
        if (used) {
            throw new Refusal(
                    409,
                    "SubnetInUse",
                    "Unable to complete operation on subnet %s: One or more ports have an IP allocation from this subnet."
                            .formatted(id));
        }
    }

    @Override
    public boolean isShared(ObjectNode subnet) {
        return topology.network(Json.text(subnet, "network_id")).path("shared").asBoolean();
    }

    static Cidr cidr(ObjectNode subnet) {
        return Cidr.parse(Json.text(subnet, "cidr")).orElseThrow();
    }

    private static long address(String text) {
        return Cidr.address(text).orElseThrow(() -> invalid("'" + text + "' is not a valid IP address."));
    }

    private static Refusal invalid(String reason) {
        return new Refusal(400, "InvalidInput", "Invalid input for operation: " + reason);
    }
}
