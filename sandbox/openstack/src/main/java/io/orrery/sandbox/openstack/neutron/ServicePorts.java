package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import java.util.Set;

/** The ports that Neutron makes for itself: gateways and interfaces of routers, and floating IPs. */
final class ServicePorts {
    private static final Caller NEUTRON = new Caller("neutron", "neutron", "", "", Set.of("admin"));

    private final Topology topology;
    private final Behaviour ports;
    private final World world;

    ServicePorts(Topology topology, Behaviour ports, World world) {
        this.topology = topology;
        this.ports = ports;
        this.world = world;
    }

    /**
     * A port with addresses as wished.
     *
     * @param project whose it is; nobody's for gateways and floating IPs, so that members don't see them
     */
    ObjectNode make(String network, String owner, String device, JsonNode fixed, String project) {
        var port = Kinds.PORT.forCreation(Json.object(
                "network_id", network, "device_owner", owner, "device_id", device, "port_security_enabled", false));
        port.set("fixed_ips", fixed.isArray() && !fixed.isEmpty() ? fixed.deepCopy() : Json.node("(any)"));
        port.put("id", World.uuid());
        port.put("tenant_id", project);
        port.put("project_id", project);
        port.putArray("tags");
        port.put("created_at", world.nowInSeconds());
        port.put("updated_at", world.nowInSeconds());
        port.put("revision_number", 1);
        ports.create(NEUTRON, port);
        topology.ports.add(Topology.id(port), port);
        return port;
    }
}
