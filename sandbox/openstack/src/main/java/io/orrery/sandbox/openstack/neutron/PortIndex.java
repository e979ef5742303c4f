package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All ports by their servers, as of one moment: a list of a thousand servers looks once through the ports, and not a
 * thousand times.
 */
public final class PortIndex {
    private final Map<String, List<ObjectNode>> ports;
    private final Map<String, String> networkNames = new HashMap<>();
    private final Map<String, String> groupNames = new HashMap<>();
    private final Map<String, String> floating = new HashMap<>();

    PortIndex(Topology topology) {
        ports = topology.ports.all().stream().collect(Collectors.groupingBy(port -> Json.text(port, "device_id")));
        topology.networks.all().forEach(network -> networkNames.put(Topology.id(network), Json.text(network, "name")));
        topology.groups.all().forEach(group -> groupNames.put(Topology.id(group), Json.text(group, "name")));
        topology.floatingIps
                .all()
                .forEach(address -> floating.put(
                        key(Json.text(address, "port_id"), Json.text(address, "fixed_ip_address")),
                        Json.text(address, "floating_ip_address")));
    }

    private static String key(String port, String fixed) {
        return port + "/" + fixed;
    }

    public List<ObjectNode> of(String server) {
        return ports.getOrDefault(server, List.of());
    }

    public String networkName(ObjectNode port) {
        return networkNames.get(Json.text(port, "network_id"));
    }

    /** The floating address that leads to a fixed address of this port. */
    public Optional<String> floating(ObjectNode port, String fixed) {
        return Optional.ofNullable(floating.get(key(Topology.id(port), fixed)));
    }

    /** The names of the security groups that a server's ports have. */
    public List<String> groupNames(String server) {
        return of(server).stream()
                .flatMap(port -> Json.texts(port.path("security_groups")).stream())
                .map(groupNames::get)
                .toList();
    }
}
