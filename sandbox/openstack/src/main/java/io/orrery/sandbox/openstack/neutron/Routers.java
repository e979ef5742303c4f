package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Routers and their gateways to external networks. */
final class Routers implements Behaviour {
    private final Topology topology;
    private final ServicePorts servicePorts;

    Routers(Topology topology, ServicePorts servicePorts) {
        this.topology = topology;
        this.servicePorts = servicePorts;
    }

    @Override
    public void create(Caller caller, ObjectNode router) {
        router.put("status", "ACTIVE");
        router.putArray("availability_zones");
        setGateway(caller, router, wishedGateway(router));
    }

    private static Optional<ObjectNode> wishedGateway(ObjectNode fields) {
        return fields.get("external_gateway_info") instanceof ObjectNode wish && !wish.isEmpty()
                ? Optional.of(wish.deepCopy())
                : Optional.empty();
    }

    private void setGateway(Caller caller, ObjectNode router, Optional<ObjectNode> wish) {
        if (wish.isEmpty()) {
            router.putNull("external_gateway_info");
            return;
        }
        if (wish.get().has("enable_snat")
                && !caller.admin()
                && !wish.get().path("enable_snat").asBoolean()) {
            throw new Refusal(
                    403,
                    "PolicyNotAuthorized",
                    "rule:create_router:external_gateway_info:enable_snat is disallowed by policy");
        }
        var network = Json.text(wish.get(), "network_id");
        topology.requireExternal(network, "router");
        var port = servicePorts.make(
                network,
                Topology.ROUTER_GATEWAY,
                Topology.id(router),
                wish.get().path("external_fixed_ips"),
                "");
        router.set(
                "external_gateway_info",
                Json.object("network_id", network, "external_fixed_ips", port.path("fixed_ips"), "enable_snat", true));
    }

    @Override
    public void update(Caller caller, ObjectNode router, ObjectNode changes) {
        if (changes.has("external_gateway_info")) {
            changeGateway(caller, router, wishedGateway(changes));
            changes.remove("external_gateway_info");
        }
        router.setAll(changes);
    }

    private void changeGateway(Caller caller, ObjectNode router, Optional<ObjectNode> wish) {
        var present = Json.text(router.path("external_gateway_info"), "network_id");
        if (wish.isPresent() && Json.text(wish.get(), "network_id").equals(present)) {
            return;
        }
        boolean used = topology.floatingIps.all().stream()
                .anyMatch(address -> Json.text(address, "router_id").equals(Topology.id(router)));
        if (used) {
            throw new Refusal(
                    409,
                    "RouterExternalGatewayInUseByFloatingIp",
                    "Gateway cannot be updated for router %s, since a gateway to external network %s is required by one or more floating IPs."
                            .formatted(Topology.id(router), present));
        }
        wish.ifPresent(gateway -> topology.requireExternal(Json.text(gateway, "network_id"), "router"));
        removeGateway(router);
        setGateway(caller, router, wish);
    }

    private void removeGateway(ObjectNode router) {
        topology.portsOf(Topology.id(router)).stream()
                .filter(port -> Json.text(port, "device_owner").equals(Topology.ROUTER_GATEWAY))
                .forEach(port -> topology.ports.remove(Topology.id(port)));
    }

    @Override
    public void delete(Caller caller, ObjectNode router) {
        List<ObjectNode> attached = topology.interfacesOf(Topology.id(router));
        if (!attached.isEmpty()) {
            throw new Refusal(
                    409,
                    "RouterInUse",
                    "Router %s has ports still attached: %s"
                            .formatted(
                                    Topology.id(router),
                                    attached.stream().map(Topology::id).collect(Collectors.joining(", "))));
        }
        removeGateway(router);
    }
}
