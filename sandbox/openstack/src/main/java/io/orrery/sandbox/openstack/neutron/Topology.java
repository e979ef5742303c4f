package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All resources of the network service, and the questions about them that more than one kind has. */
final class Topology {
    static final String ROUTER_INTERFACE = "network:router_interface";
    static final String ROUTER_GATEWAY = "network:router_gateway";
    static final String FLOATING_IP = "network:floatingip";

    final Shelf<ObjectNode> networks;
    final Shelf<ObjectNode> subnets;
    final Shelf<ObjectNode> ports;
    final Shelf<ObjectNode> routers;
    final Shelf<ObjectNode> floatingIps;
    final Shelf<ObjectNode> groups;
    final Shelf<ObjectNode> rules;

    Topology(World world) {
        networks = world.shelf("network", Topology::name);
        subnets = world.shelf("subnet", Topology::name);
        ports = world.shelf("port", Topology::name);
        routers = world.shelf("router", Topology::name);
        floatingIps = world.shelf("floatingip", address -> Json.text(address, "floating_ip_address"));
        groups = world.shelf("security-group", Topology::name);
        rules = world.shelf("security-group-rule", rule -> Json.text(rule, "security_group_id"));
    }

    private static String name(ObjectNode resource) {
        return Json.text(resource, "name");
    }

    static String id(ObjectNode resource) {
        return Json.text(resource, "id");
    }

    ObjectNode network(String id) {
        return networks.find(id).orElseThrow(() -> Kinds.NETWORK.notFound(id));
    }

    ObjectNode subnet(String id) {
        return subnets.find(id).orElseThrow(() -> Kinds.SUBNET.notFound(id));
    }

    List<ObjectNode> subnetsOf(String network) {
        return with(subnets, "network_id", network).toList();
    }

    List<ObjectNode> portsOn(String network) {
        return with(ports, "network_id", network).toList();
    }

    /** The ports of a server or a router. */
    List<ObjectNode> portsOf(String device) {
        return with(ports, "device_id", device).toList();
    }

    /** A router's interfaces, without its gateway. */
    List<ObjectNode> interfacesOf(String router) {
        return portsOf(router).stream()
                .filter(port -> Json.text(port, "device_owner").equals(ROUTER_INTERFACE))
                .toList();
    }

    List<ObjectNode> floatingIpsOf(String port) {
        return with(floatingIps, "port_id", port).toList();
    }

    static Stream<ObjectNode> with(Shelf<ObjectNode> shelf, String field, String value) {
        return shelf.all().stream()
                .filter(resource -> Json.text(resource, field).equals(value));
    }

    static List<String> addresses(ObjectNode port) {
        return Json.elements(port.path("fixed_ips")).stream()
                .map(fixed -> Json.text(fixed, "ip_address"))
                .toList();
    }

    static List<String> subnetIds(ObjectNode port) {
        return Json.elements(port.path("fixed_ips")).stream()
                .map(fixed -> Json.text(fixed, "subnet_id"))
                .toList();
    }

    /** The router that leads from a subnet to an external network. */
    Optional<ObjectNode> routerBetween(String subnet, String external) {
        return ports.all().stream()
                .filter(port -> Json.text(port, "device_owner").equals(ROUTER_INTERFACE))
                .filter(port -> subnetIds(port).contains(subnet))
                .flatMap(port -> routers.find(Json.text(port, "device_id")).stream())
                .filter(router -> Json.text(router.path("external_gateway_info"), "network_id")
                        .equals(external))
                .findFirst();
    }

    ObjectNode requireExternal(String network, String subject) {
        var found = network(network);
        if (!found.path("router:external").asBoolean()) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    subject.equals("router")
                            ? "Bad router request: Network " + network + " is not an external network."
                            : "Bad floatingip request: Network " + network + " is not a valid external network.");
        }
        return found;
    }
}
