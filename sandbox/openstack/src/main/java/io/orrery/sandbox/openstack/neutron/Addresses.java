package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Cidr;
import io.orrery.sandbox.openstack.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands out addresses. The next free one after the last that was given, so that an address given back does not come
 * again at once, and two clients that both rely on "the lowest free address" are found out.
 */
final class Addresses {
    private final Topology topology;
    private final Map<String, Long> lastGiven = new HashMap<>();

    Addresses(Topology topology) {
        this.topology = topology;
    }

    /** The fixed addresses of a port: as asked for, or one of any subnet where nothing is asked for. */
    ArrayNode assign(String network, JsonNode wished, String portId) {
        if (!wished.isArray()) {
            return any(network);
        }
        var given = new ArrayList<ObjectNode>();
        for (var wish : wished) {
            given.add(one(network, wish, portId));
        }
        return Json.array(given);
    }

    private ArrayNode any(String network) {
        var subnets = topology.subnetsOf(network);
        if (subnets.isEmpty()) {
            return Json.array(List.of());
        }
        return subnets.stream()
                .flatMap(subnet -> next(subnet).stream().map(address -> fixed(subnet, address)))
                .findFirst()
                .map(fixed -> Json.array(List.of(fixed)))
                .orElseThrow(() -> exhausted(network));
    }

    private static Refusal exhausted(String network) {
        return new Refusal(
                409, "IpAddressGenerationFailure", "No more IP addresses available on network " + network + ".");
    }

    private ObjectNode one(String network, JsonNode wish, String portId) {
        var address = Json.text(wish, "ip_address");
        if (!Json.has(wish, "subnet_id")) {
            return fixed(subnetOf(network, address), taken(subnetOf(network, address), address, portId));
        }
        var subnet = topology.subnet(Json.text(wish, "subnet_id"));
        if (!Json.text(subnet, "network_id").equals(network)) {
            throw new Refusal(
                    400,
                    "InvalidInput",
                    "Invalid input for operation: Failed to create port on network %s, because fixed_ips included invalid subnet %s."
                            .formatted(network, Topology.id(subnet)));
        }
        if (address.isEmpty()) {
            return fixed(subnet, next(subnet).orElseThrow(() -> exhausted(network)));
        }
        if (!usable(subnet, address)) {
            throw new Refusal(
                    400,
                    "InvalidIpForSubnet",
                    "IP address " + address + " is not a valid IP for the specified subnet.");
        }
        return fixed(subnet, taken(subnet, address, portId));
    }

    private ObjectNode subnetOf(String network, String address) {
        return topology.subnetsOf(network).stream()
                .filter(subnet -> usable(subnet, address))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        400,
                        "InvalidIpForNetwork",
                        "IP address %s is not a valid IP for any of the subnets on the specified network."
                                .formatted(address)));
    }

    private static boolean usable(ObjectNode subnet, String address) {
        var cidr = Subnets.cidr(subnet);
        return Cidr.address(address)
                .filter(number -> cidr.firstUsable() <= number && number <= cidr.lastUsable())
                .isPresent();
    }

    private String taken(ObjectNode subnet, String address, String portId) {
        boolean used = topology.portsOn(Json.text(subnet, "network_id")).stream()
                .filter(port -> !Topology.id(port).equals(portId))
                .anyMatch(port -> Topology.addresses(port).contains(address));
        if (used) {
            throw new Refusal(
                    409,
                    "IpAddressAlreadyAllocated",
                    "IP address %s already allocated in subnet %s".formatted(address, Topology.id(subnet)));
        }
        return address;
    }

    private Optional<String> next(ObjectNode subnet) {
        Set<String> used = new HashSet<>();
        topology.portsOn(Json.text(subnet, "network_id")).forEach(port -> used.addAll(Topology.addresses(port)));
        long after = lastGiven.getOrDefault(Topology.id(subnet), 0L);
        return free(subnet, used, after + 1).or(() -> free(subnet, used, 0)).map(address -> {
            lastGiven.put(Topology.id(subnet), Cidr.address(address).orElseThrow());
            return address;
        });
    }

    private static Optional<String> free(ObjectNode subnet, Set<String> used, long from) {
        for (var pool : subnet.path("allocation_pools")) {
            long start = Math.max(from, Cidr.address(Json.text(pool, "start")).orElseThrow());
            long end = Cidr.address(Json.text(pool, "end")).orElseThrow();
            for (long address = start; address <= end; address++) {
                if (!used.contains(Cidr.text(address))) {
                    return Optional.of(Cidr.text(address));
                }
            }
        }
        return Optional.empty();
    }

    private static ObjectNode fixed(ObjectNode subnet, String address) {
        return Json.object("subnet_id", Topology.id(subnet), "ip_address", address);
    }
}
