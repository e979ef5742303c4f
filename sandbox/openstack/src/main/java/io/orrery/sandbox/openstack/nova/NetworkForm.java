package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import io.orrery.sandbox.openstack.nova.ServerWish.NetworkWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads on which networks a server is to be. */
final class NetworkForm {
    private final NovaPorts ports;

    NetworkForm(NovaPorts ports) {
        this.ports = ports;
    }

    List<NetworkWish> read(Caller caller, JsonNode networks, Microversion version) {
        if (networks.isArray() && !networks.isEmpty()) {
            var wishes = new ArrayList<NetworkWish>();
            networks.forEach(entry -> wishes.add(one(caller, entry)));
            return wishes;
        }
        if (networks.asText("").equals("none")) {
            return List.of();
        }
        boolean automatic = ServerForm.hasVersionedNetworks(version);
        var candidates = ports.candidates(caller);
        if (candidates.size() > 1) {
            throw new Refusal(409, "Multiple possible networks found, use a Network ID to be more specific.");
        }
        if (candidates.isEmpty()) {
            if (automatic) {
                throw Refusal.unsupported("allocating a network topology for a server by itself");
            }
            return List.of();
        }
        var network = candidates.getFirst();
        requireSubnet(network);
        return List.of(new NetworkWish.Network(id(network), Optional.empty()));
    }

    /** Refuses networks for which so many servers would need more ports than there may be. */
    void checkRoom(Caller caller, List<NetworkWish> wishes, int servers) {
        long fresh =
                wishes.stream().filter(NetworkWish.Network.class::isInstance).count();
        if (fresh > 0 && !ports.hasRoom(caller, Math.toIntExact(fresh * servers))) {
            throw new Refusal(403, "Maximum number of ports exceeded");
        }
    }

    private NetworkWish one(Caller caller, JsonNode entry) {
        if (Json.has(entry, "port")) {
            return port(caller, Json.text(entry, "port"));
        }
        if (!Json.has(entry, "uuid")) {
            throw ServerForm.bad("Bad network format: missing 'uuid'");
        }
        var id = Json.text(entry, "uuid");
        if (!ServerSchema.isUuid(id)) {
            throw ServerForm.bad("Bad networks format: network uuid is not in proper format (" + id + ")");
        }
        var network = find(caller, id);
        if (network.path("router:external").asBoolean() && !caller.admin()) {
            throw new Refusal(403, "It is not allowed to create an interface on external network " + id);
        }
        requireSubnet(network);
        var address = Optional.of(Json.text(entry, "fixed_ip")).filter(text -> !text.isEmpty());
        address.flatMap(text -> ports.holder(id, text)).ifPresent(holder -> {
            throw ServerForm.bad("Fixed IP address %s is already in use on instance %s."
                    .formatted(address.get(), Json.text(holder, "device_id")));
        });
        return new NetworkWish.Network(id, address);
    }

    private NetworkWish port(Caller caller, String id) {
        var port = findPort(caller, id);
        if (!Json.text(port, "device_id").isEmpty()) {
            throw new Refusal(409, "Port " + id + " is still in use.");
        }
        return new NetworkWish.Port(id);
    }

    private ObjectNode findPort(Caller caller, String id) {
        try {
            return ports.port(caller, id);
        } catch (Refusal missing) {
            throw ServerForm.bad("Port id " + id + " could not be found.");
        }
    }

    private ObjectNode find(Caller caller, String id) {
        try {
            return ports.network(caller, id);
        } catch (Refusal missing) {
            throw ServerForm.bad("Network " + id + " could not be found.");
        }
    }

    private void requireSubnet(ObjectNode network) {
        if (!ports.hasSubnets(network)) {
            throw ServerForm.bad("Network " + id(network) + " requires a subnet in order to boot instances on.");
        }
    }

    /** The id of a security group that is given by name or id. */
    String securityGroup(Caller caller, String nameOrId) {
        return id(ports.group(caller, nameOrId));
    }

    private static String id(ObjectNode resource) {
        return Json.text(resource, "id");
    }
}
