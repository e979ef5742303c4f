package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;

/** What a router is attached to. */
final class Interfaces {
    private final Topology topology;
    private final Collection routers;
    private final Collection ports;
    private final ServicePorts servicePorts;
    private final Limits limits;

    Interfaces(Topology topology, Collection routers, Collection ports, ServicePorts servicePorts, Limits limits) {
        this.topology = topology;
        this.routers = routers;
        this.ports = ports;
        this.servicePorts = servicePorts;
        this.limits = limits;
    }

    void routes(Routes routes) {
        routes.on("PUT", "/v2.0/routers/{id}/add_router_interface", this::add)
                .on("PUT", "/v2.0/routers/{id}/remove_router_interface", this::remove)
                .unsupported("/v2.0/routers/{id}/add_extraroutes", "/v2.0/routers/{id}/remove_extraroutes");
    }

    private Answer add(Request request) {
        var router = routers.find(request.caller(), request.variable("id"));
        var body = request.json();
        if (Json.has(body, "port_id")) {
            var port = ports.find(request.caller(), Json.text(body, "port_id"));
            if (!Json.text(port, "device_id").isEmpty()) {
                throw new Refusal(
                        409,
                        "PortInUse",
                        "Unable to complete operation on port %s for network %s. Port already has an attached device %s."
                                .formatted(
                                        Topology.id(port),
                                        Json.text(port, "network_id"),
                                        Json.text(port, "device_id")));
            }
            Topology.subnetIds(port).forEach(subnet -> refuseOverlap(router, topology.subnet(subnet)));
            port.put("device_id", Topology.id(router));
            port.put("device_owner", Topology.ROUTER_INTERFACE);
            port.put("status", "ACTIVE");
            return Answer.ok(view(router, port));
        }
        if (!Json.has(body, "subnet_id")) {
            throw bad("Either subnet_id or port_id must be specified.");
        }
        return Answer.ok(view(router, attach(request, router, subnet(request, Json.text(body, "subnet_id")))));
    }

    private ObjectNode subnet(Request request, String id) {
        return topology.subnets
                .find(id)
                .filter(subnet -> request.caller().owns(Json.text(subnet, "project_id"))
                        || topology.network(Json.text(subnet, "network_id"))
                                .path("shared")
                                .asBoolean())
                .orElseThrow(() -> Kinds.SUBNET.notFound(id));
    }

    private ObjectNode attach(Request request, ObjectNode router, ObjectNode subnet) {
        refuseOverlap(router, subnet);
        if (!Json.has(subnet, "gateway_ip")) {
            throw bad("Subnet for router interface must have a gateway IP.");
        }
        limits.check("port", request.caller().projectId(), 1);
        var gateway = Json.array(
                List.of(Json.object("subnet_id", Topology.id(subnet), "ip_address", Json.text(subnet, "gateway_ip"))));
        return servicePorts.make(
                Json.text(subnet, "network_id"),
                Topology.ROUTER_INTERFACE,
                Topology.id(router),
                gateway,
                Json.text(router, "project_id"));
    }

    private void refuseOverlap(ObjectNode router, ObjectNode subnet) {
        for (var port : topology.interfacesOf(Topology.id(router))) {
            for (var id : Topology.subnetIds(port)) {
                if (id.equals(Topology.id(subnet))) {
                    throw bad("Router already has a port on subnet " + id + ".");
                }
                var other = topology.subnet(id);
                if (Subnets.cidr(other).overlaps(Subnets.cidr(subnet))) {
                    throw bad("Cidr %s of subnet %s overlaps with cidr %s of subnet %s."
                            .formatted(Subnets.cidr(subnet), Topology.id(subnet), Subnets.cidr(other), id));
                }
            }
        }
    }

    private Answer remove(Request request) {
        var router = routers.find(request.caller(), request.variable("id"));
        var body = request.json();
        if (!Json.has(body, "port_id") && !Json.has(body, "subnet_id")) {
            throw bad("Either subnet_id or port_id must be specified.");
        }
        var port = Json.has(body, "port_id")
                ? byPort(router, Json.text(body, "port_id"))
                : bySubnet(request, router, Json.text(body, "subnet_id"));
        var answer = view(router, port);
        refuseNeeded(router, port);
        topology.ports.remove(Topology.id(port));
        return Answer.ok(answer);
    }

    private ObjectNode byPort(ObjectNode router, String id) {
        return topology.interfacesOf(Topology.id(router)).stream()
                .filter(port -> Topology.id(port).equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        "RouterInterfaceNotFound",
                        "Router %s does not have an interface with id %s".formatted(Topology.id(router), id)));
    }

    private ObjectNode bySubnet(Request request, ObjectNode router, String id) {
        subnet(request, id);
        return topology.interfacesOf(Topology.id(router)).stream()
                .filter(port -> Topology.subnetIds(port).contains(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        "RouterInterfaceNotFoundForSubnet",
                        "Router %s has no interface on subnet %s".formatted(Topology.id(router), id)));
    }

    private void refuseNeeded(ObjectNode router, ObjectNode port) {
        var subnets = Topology.subnetIds(port);
        boolean needed = topology.floatingIps.all().stream()
                .filter(address -> Json.text(address, "router_id").equals(Topology.id(router)))
                .flatMap(address -> topology.ports.find(Json.text(address, "port_id")).stream())
                .anyMatch(target -> Topology.subnetIds(target).stream().anyMatch(subnets::contains));
        if (needed) {
            throw new Refusal(
                    409,
                    "RouterInterfaceInUseByFloatingIP",
                    "Router interface for subnet %s on router %s cannot be deleted, as it is required by one or more floating IPs."
                            .formatted(subnets.getFirst(), Topology.id(router)));
        }
    }

    private static ObjectNode view(ObjectNode router, ObjectNode port) {
        var subnets = Topology.subnetIds(port);
        return Json.object(
                "id", Topology.id(router),
                "tenant_id", Json.text(router, "tenant_id"),
                "port_id", Topology.id(port),
                "network_id", Json.text(port, "network_id"),
                "subnet_id", subnets.getFirst(),
                "subnet_ids", subnets);
    }

    private static Refusal bad(String reason) {
        return new Refusal(400, "BadRequest", "Bad router request: " + reason);
    }
}
