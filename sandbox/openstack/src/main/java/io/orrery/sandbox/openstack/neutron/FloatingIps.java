package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;

/** Floating IPs: addresses of an external network that lead to a port's fixed address. */
final class FloatingIps implements Behaviour {
    private final Topology topology;
    private final ServicePorts servicePorts;

    FloatingIps(Topology topology, ServicePorts servicePorts) {
        this.topology = topology;
        this.servicePorts = servicePorts;
    }

    @Override
    public void create(Caller caller, ObjectNode address) {
        var external = Json.text(address, "floating_network_id");
        topology.requireExternal(external, "floatingip");
        if (Json.has(address, "floating_ip_address") && !caller.admin()) {
            throw new Refusal(
                    403,
                    "PolicyNotAuthorized",
                    "(rule:create_floatingip and rule:create_floatingip:floating_ip_address) is disallowed by policy");
        }
        var port = servicePorts.make(external, Topology.FLOATING_IP, Topology.id(address), Json.array(List.of()), "");
        address.put("floating_ip_address", Topology.addresses(port).getFirst());
        address.remove("subnet_id");
        var target = Json.text(address, "port_id");
        try {
            if (target.isEmpty()) {
                disassociate(address);
            } else {
                associate(caller, address, target, Json.text(address, "fixed_ip_address"));
            }
        } catch (Refusal refusal) {
            topology.ports.remove(Topology.id(port));
            throw refusal;
        }
    }

    private void associate(Caller caller, ObjectNode address, String target, String wished) {
        var port = topology.ports
                .find(target)
                .filter(found -> caller.owns(Json.text(found, "project_id")))
                .orElseThrow(() -> Kinds.PORT.notFound(target));
        var fixed = fixedAddress(port, wished);
        var external = Json.text(address, "floating_network_id");
        refuseSecond(address, port, fixed, external);
        var subnet = Json.elements(port.path("fixed_ips")).stream()
                .filter(entry -> Json.text(entry, "ip_address").equals(fixed))
                .map(entry -> Json.text(entry, "subnet_id"))
                .findFirst()
                .orElseThrow();
        var router = topology.routerBetween(subnet, external)
                .orElseThrow(() -> new Refusal(
                        404,
                        "ExternalGatewayForFloatingIPNotFound",
                        "External network %s is not reachable from subnet %s.  Therefore, cannot associate Port %s with a Floating IP."
                                .formatted(external, subnet, target)));
        address.put("port_id", target);
        address.put("fixed_ip_address", fixed);
        address.put("router_id", Topology.id(router));
        address.put("status", "ACTIVE");
    }

    private static String fixedAddress(ObjectNode port, String wished) {
        var addresses = Topology.addresses(port);
        if (!wished.isEmpty()) {
            if (!addresses.contains(wished)) {
                throw bad("Port %s does not have fixed ip %s.".formatted(Topology.id(port), wished));
            }
            return wished;
        }
        if (addresses.isEmpty()) {
            throw bad(
                    "Cannot add floating IP to port %s that has no fixed IPv4 addresses.".formatted(Topology.id(port)));
        }
        if (addresses.size() > 1) {
            throw bad(
                    "Port %s has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP."
                            .formatted(Topology.id(port)));
        }
        return addresses.getFirst();
    }

    private void refuseSecond(ObjectNode address, ObjectNode port, String fixed, String external) {
        boolean another = topology.floatingIpsOf(Topology.id(port)).stream()
                .anyMatch(other -> !Topology.id(other).equals(Topology.id(address))
                        && Json.text(other, "fixed_ip_address").equals(fixed));
        if (another) {
            throw new Refusal(
                    409,
                    "FloatingIPPortAlreadyAssociated",
                    "Cannot associate floating IP %s (%s) with port %s using fixed IP %s, as that fixed IP already has a floating IP on external network %s."
                            .formatted(
                                    Json.text(address, "floating_ip_address"),
                                    Topology.id(address),
                                    Topology.id(port),
                                    fixed,
                                    external));
        }
    }

    static void disassociate(ObjectNode address) {
        address.putNull("port_id");
        address.putNull("fixed_ip_address");
        address.putNull("router_id");
        address.put("status", "DOWN");
    }

    @Override
    public void update(Caller caller, ObjectNode address, ObjectNode changes) {
        if (changes.has("port_id")) {
            if (Json.has(changes, "port_id")) {
                associate(caller, address, Json.text(changes, "port_id"), Json.text(changes, "fixed_ip_address"));
            } else {
                disassociate(address);
            }
        }
        changes.remove(List.of("port_id", "fixed_ip_address"));
        address.setAll(changes);
    }

    @Override
    public void delete(Caller caller, ObjectNode address) {
        topology.portsOf(Topology.id(address)).forEach(port -> topology.ports.remove(Topology.id(port)));
    }

    @Override
    public ObjectNode view(ObjectNode address) {
        var view = address.deepCopy();
        var details = topology.ports.find(Json.text(address, "port_id")).map(port -> port.deepCopy()
                .retain("name", "network_id", "mac_address", "admin_state_up", "status", "device_id", "device_owner"));
        return view.set("port_details", Json.node(details.orElse(null)));
    }

    private static Refusal bad(String reason) {
        return new Refusal(400, "BadRequest", "Bad floatingip request: " + reason);
    }
}
