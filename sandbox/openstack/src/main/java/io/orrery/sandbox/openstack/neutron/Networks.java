package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks: shared and external ones are the administrator's to make. */
final class Networks implements Behaviour {
    private final Topology topology;

    Networks(Topology topology) {
        this.topology = topology;
    }

    @Override
    public void create(Caller caller, ObjectNode network) {
        refuseAdminOnly(caller, network, "create");
        network.put("status", "ACTIVE");
        network.putArray("subnets");
        network.putArray("availability_zones");
        network.putNull("ipv4_address_scope");
        network.putNull("ipv6_address_scope");
    }

    private static void refuseAdminOnly(Caller caller, ObjectNode fields, String verb) {
        Stream.of("shared", "router:external")
                .filter(name -> fields.path(name).asBoolean() && !caller.admin())
                .findFirst()
                .ifPresent(name -> {
                    throw new Refusal(
                            403,
                            "PolicyNotAuthorized",
                            "(rule:%s_network and rule:%s_network:%s) is disallowed by policy"
                                    .formatted(verb, verb, name));
                });
    }

    @Override
    public void update(Caller caller, ObjectNode network, ObjectNode changes) {
        refuseAdminOnly(caller, changes, "update");
        network.setAll(changes);
    }

    @Override
    public void delete(Caller caller, ObjectNode network) {
        var id = Topology.id(network);
        var blocking = topology.portsOn(id);
        if (!blocking.isEmpty()) {
            throw new Refusal(
                    409,
                    "NetworkInUse",
                    "Unable to complete operation on network %s. There are one or more ports still in use on the network, id for these ports is: %s."
                            .formatted(
                                    id,
                                    blocking.stream().map(Topology::id).sorted().collect(Collectors.joining(","))));
        }
        topology.subnetsOf(id).forEach(subnet -> topology.subnets.remove(Topology.id(subnet)));
    }

    @Override
    public ObjectNode view(ObjectNode network) {
        var view = network.deepCopy();
        view.set(
                "subnets",
                topology.subnetsOf(Topology.id(network)).stream()
                        .map(subnet -> Json.node(Topology.id(subnet)))
                        .collect(Json.toArray()));
        return view;
    }

    @Override
    public boolean isShared(ObjectNode network) {
        return network.path("shared").asBoolean()
                || network.path("router:external").asBoolean();
    }
}
