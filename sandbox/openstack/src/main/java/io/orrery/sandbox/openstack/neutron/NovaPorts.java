package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the compute service does with ports. Used only within the world's lock. */
public final class NovaPorts {
    private final Topology topology;
    private final Collection networks;
    private final Collection ports;
    private final Ports behaviour;
    private final Groups groups;
    private final Limits limits;
    private BiFunction<String, String, List<String>> balancers = (network, address) -> List.of();

    NovaPorts(Topology topology, Collection networks, Collection ports, Ports behaviour, Groups groups, Limits limits) {
        this.topology = topology;
        this.networks = networks;
        this.ports = ports;
        this.behaviour = behaviour;
        this.groups = groups;
        this.limits = limits;
    }

    /** A network that this caller may see; throws a refusal of 404. */
    public ObjectNode network(Caller caller, String id) {
        return networks.find(caller, id);
    }

    /** The networks that a server may be put on without being told which. */
    public List<ObjectNode> candidates(Caller caller) {
        return topology.networks.all().stream()
                .filter(network -> Json.text(network, "project_id").equals(caller.projectId()))
                .toList();
    }

    public boolean hasSubnets(ObjectNode network) {
        return !topology.subnetsOf(Topology.id(network)).isEmpty();
    }

    /** The port on a network that has this address. */
    public Optional<ObjectNode> holder(String network, String address) {
        return topology.portsOn(network).stream()
                .filter(port -> Topology.addresses(port).contains(address))
                .findFirst();
    }

    /** Whether the project's quota has room for so many more ports. */
    public boolean hasRoom(Caller caller, int more) {
        try {
            limits.check("port", caller.projectId(), more);
            return true;
        } catch (Refusal over) {
            return false;
        }
    }

    /** A port that this caller may see; throws a refusal of 404. */
    public ObjectNode port(Caller caller, String id) {
        return ports.find(caller, id);
    }

    /** A new port for a server; may be refused for want of quota or addresses. */
    public ObjectNode create(Caller caller, String network, Optional<String> address, List<String> groupIds) {
        var wish = Json.object("network_id", network);
        address.ifPresent(text -> wish.set("fixed_ips", Json.array(List.of(Json.object("ip_address", text)))));
        if (!groupIds.isEmpty()) {
            wish.set("security_groups", Json.array(groupIds));
        }
        return ports.create(caller, wish);
    }

    /** Gives a port to a server. */
    public void bind(ObjectNode port, String server, String zone) {
        port.put("device_id", server);
        port.put("device_owner", "compute:" + zone);
        ports.touch(port);
    }

    /** The server behind a port runs, or stops running. */
    public void power(String server, boolean running) {
        topology.portsOf(server).forEach(port -> {
            boolean up = running && port.path("admin_state_up").asBoolean();
            port.put("status", up ? "ACTIVE" : "DOWN");
        });
    }

    /** Takes a port back from a server; the port stays. */
    public void unbind(ObjectNode port) {
        port.put("device_id", "");
        port.put("device_owner", "");
        port.put("status", "DOWN");
        ports.touch(port);
    }

    /** Deletes a port that Nova made. */
    public void delete(ObjectNode port) {
        behaviour.release(port);
        topology.ports.remove(Topology.id(port));
    }

    public List<ObjectNode> of(String server) {
        return topology.portsOf(server);
    }

    public String networkName(ObjectNode port) {
        return Json.text(topology.network(Json.text(port, "network_id")), "name");
    }

    /** The floating address that leads to a fixed address of this port. */
    public Optional<String> floating(ObjectNode port, String fixed) {
        return topology.floatingIpsOf(Topology.id(port)).stream()
                .filter(address -> Json.text(address, "fixed_ip_address").equals(fixed))
                .map(address -> Json.text(address, "floating_ip_address"))
                .findFirst();
    }

    /** The floating address that leads to a fixed address on this network, whichever port has it. */
    public Optional<String> floating(String network, String fixed) {
        return holder(network, fixed).flatMap(port -> floating(port, fixed));
    }

    /** A project's security groups by name or id, in Nova's words where there is none. */
    public ObjectNode group(Caller caller, String nameOrId) {
        groups.defaultOf(caller.projectId());
        var mine = topology.groups.all().stream()
                .filter(group -> Json.text(group, "project_id").equals(caller.projectId()))
                .filter(group -> Json.text(group, "name").equals(nameOrId)
                        || Topology.id(group).equals(nameOrId))
                .toList();
        if (mine.isEmpty()) {
            throw new Refusal(400, "Unable to find security_group with name or id '" + nameOrId + "'");
        }
        if (mine.size() > 1) {
            throw new Refusal(
                    409,
                    "Multiple security_group matches found for name '" + nameOrId
                            + "', use an ID to be more specific.");
        }
        return mine.getFirst();
    }

    /** @param source of the addresses that lead to a network's address through a load balancer */
    public void balancedBy(BiFunction<String, String, List<String>> source) {
        balancers = source;
    }

    /** Addresses that lead to this one through a load balancer. */
    public List<String> balanced(String network, String address) {
        return balancers.apply(network, address);
    }

    /** All ports by their servers, as they are now. */
    public PortIndex index() {
        return new PortIndex(topology);
    }
}
