package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.cinder.Cinder;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import io.orrery.sandbox.openstack.nova.ServerWish.NetworkWish;
import java.util.List;
import java.util.Optional;

/** Network cards and volumes that are plugged in and out of servers. */
final class Attachments {
    private static final String CARDS = "/v2.1/servers/{id}/os-interface";
    private static final String VOLUMES = "/v2.1/servers/{id}/os-volume_attachments";

    private final Servers servers;
    private final Lifecycle lifecycle;
    private final NetworkForm networks;
    private final NovaPorts ports;
    private final Cinder cinder;

    Attachments(Servers servers, Lifecycle lifecycle, NetworkForm networks, NovaPorts ports, Cinder cinder) {
        this.servers = servers;
        this.lifecycle = lifecycle;
        this.networks = networks;
        this.ports = ports;
        this.cinder = cinder;
    }

    void routes(Routes routes) {
        routes.on("GET", CARDS, this::cards)
                .on("POST", CARDS, this::plugCard)
                .on(
                        "GET",
                        CARDS + "/{port}",
                        request -> Answer.ok(Json.object("interfaceAttachment", view(card(request)))))
                .on("DELETE", CARDS + "/{port}", this::unplugCard)
                .on("GET", VOLUMES, this::volumes)
                .on("POST", VOLUMES, this::plugVolume)
                .on("GET", VOLUMES + "/{volume}", this::volume)
                .on("DELETE", VOLUMES + "/{volume}", this::unplugVolume);
    }

    private Answer cards(Request request) {
        var views = ports.of(servers.find(request).id()).stream()
                .map(Attachments::view)
                .collect(Json.toArray());
        return Answer.ok(Json.object("interfaceAttachments", views));
    }

    private static ObjectNode view(ObjectNode port) {
        return Json.object(
                "net_id", port.path("network_id"),
                "port_id", port.path("id"),
                "mac_addr", port.path("mac_address"),
                "port_state", port.path("status"),
                "fixed_ips", port.path("fixed_ips").deepCopy());
    }

    private Answer plugCard(Request request) {
        var server = servers.find(request);
        requireRunning(server, "attach_interface");
        var given = request.json().path("interfaceAttachment");
        var wish = Json.has(given, "port_id")
                ? new NetworkWish.Port(Json.text(given, "port_id"))
                : network(request, given);
        var port = lifecycle.plugNetwork(server, wish);
        ports.power(server.id(), server.isRunning());
        return Answer.ok(Json.object("interfaceAttachment", view(port)));
    }

    private NetworkWish network(Request request, com.fasterxml.jackson.databind.JsonNode given) {
        var entry = Json.object("uuid", Json.text(given, "net_id"));
        if (!given.path("fixed_ips").isEmpty()) {
            entry.put("fixed_ip", Json.text(given.path("fixed_ips").path(0), "ip_address"));
        }
        return networks.read(request.caller(), Json.array(List.of(entry)), Nova.version(request))
                .getFirst();
    }

    private static void requireRunning(Server server, String action) {
        if (server.state() != Server.State.ACTIVE && server.state() != Server.State.STOPPED) {
            throw new Refusal(
                    409,
                    "Cannot '%s' instance %s while it is in vm_state %s"
                            .formatted(
                                    action, server.id(), server.state().name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private ObjectNode card(Request request) {
        var server = servers.find(request);
        var id = request.variable("port");
        return ports.of(server.id()).stream()
                .filter(port -> Json.text(port, "id").equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Refusal(404, "Instance %s does not have a port with id %s".formatted(server.id(), id)));
    }

    /** The true Nova answers 202 whether there is such a card or not. */
    private Answer unplugCard(Request request) {
        var server = servers.find(request);
        requireRunning(server, "detach_interface");
        ports.of(server.id()).stream()
                .filter(port -> Json.text(port, "id").equals(request.variable("port")))
                .findFirst()
                .ifPresent(port -> {
                    if (server.madePorts().remove(Json.text(port, "id"))) {
                        ports.delete(port);
                    } else {
                        ports.unbind(port);
                    }
                });
        return Answer.empty(202);
    }

    private Answer volumes(Request request) {
        var server = servers.find(request);
        var views =
                server.plugs().stream().map(plug -> view(request, server, plug)).collect(Json.toArray());
        return Answer.ok(Json.object("volumeAttachments", views));
    }

    private static ObjectNode view(Request request, Server server, Server.Plug plug) {
        var version = Nova.version(request);
        var view = Json.object("volumeId", plug.volume(), "serverId", server.id(), "device", plug.device());
        if (!version.since(89)) {
            view.put("id", plug.volume());
        }
        if (version.since(70)) {
            view.putNull("tag");
        }
        if (version.since(79)) {
            view.put("delete_on_termination", plug.deleteOnTermination());
        }
        if (version.since(89)) {
            view.put("attachment_id", plug.attachment());
            view.put("bdm_uuid", plug.attachment());
        }
        return view;
    }

    private Answer plugVolume(Request request) {
        var server = servers.find(request);
        requireRunning(server, "attach_volume");
        var given = request.json().path("volumeAttachment");
        var id = Json.text(given, "volumeId");
        var volume = cinder.find(request.caller(), id)
                .orElseThrow(() -> new Refusal(404, "Volume " + id + " could not be found."));
        volume.server().ifPresent(other -> {
            throw ServerForm.bad("Invalid volume: volume " + id + " is already attached to instances: " + other);
        });
        if (!volume.status().equals("available")) {
            throw ServerForm.bad("Invalid volume: volume %s status must be 'available' or 'in-use'. Currently in '%s'"
                    .formatted(id, volume.status()));
        }
        var plug = lifecycle.plugVolume(
                server, volume, given.path("delete_on_termination").asBoolean(false));
        return Answer.ok(Json.object("volumeAttachment", view(request, server, plug)));
    }

    private Answer volume(Request request) {
        var server = servers.find(request);
        return plug(request, server)
                .map(plug -> Answer.ok(Json.object("volumeAttachment", view(request, server, plug))))
                .orElseThrow(() -> notAttached(request, server));
    }

    private static Optional<Server.Plug> plug(Request request, Server server) {
        return server.plugs().stream()
                .filter(plug -> plug.volume().equals(request.variable("volume")))
                .findFirst();
    }

    private static Refusal notAttached(Request request, Server server) {
        return new Refusal(
                404, "Instance %s is not attached to volume %s".formatted(server.id(), request.variable("volume")));
    }

    private Answer unplugVolume(Request request) {
        var server = servers.find(request);
        var id = request.variable("volume");
        var volume = cinder.find(request.caller(), id)
                .orElseThrow(() -> new Refusal(404, "Volume " + id + " could not be found."));
        var plug = plug(request, server).orElseThrow(() -> notAttached(request, server));
        server.plugs().remove(plug);
        cinder.detach(volume);
        return Answer.empty(202);
    }
}
