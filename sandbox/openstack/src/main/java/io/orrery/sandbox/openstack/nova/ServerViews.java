package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import io.orrery.sandbox.openstack.neutron.PortIndex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Servers as they are shown, by microversion. */
final class ServerViews {
    private final NovaPorts ports;

    ServerViews(NovaPorts ports) {
        this.ports = ports;
    }

    ObjectNode brief(Server server, Request request) {
        return Json.object("id", server.id(), "name", server.name(), "links", links(server, request));
    }

    ObjectNode detail(Server server, Request request) {
        return detail(server, request, ports.index());
    }

    /** The index of all ports as they are now. */
    PortIndex index() {
        return ports.index();
    }

    ObjectNode detail(Server server, Request request, PortIndex index) {
        var version = Nova.version(request);
        var view = Json.object(
                "id", server.id(),
                "name", server.name(),
                "status", server.status(),
                "tenant_id", server.project(),
                "user_id", server.wish().caller().userId(),
                "metadata", server.metadata(),
                "hostId", hostId(server),
                "image", image(server, request),
                "flavor", flavor(server, request, version),
                "created", World.seconds(server.created()),
                "updated", World.seconds(server.updated()),
                "addresses", addresses(server, index),
                "accessIPv4", "",
                "accessIPv6", "",
                "links", links(server, request),
                "OS-DCF:diskConfig", "MANUAL",
                "OS-EXT-AZ:availability_zone",
                        server.host().isEmpty() ? "" : server.wish().zone(),
                "config_drive", server.wish().configDrive() ? "True" : "",
                "key_name", server.wish().key().orElse(null),
                "OS-SRV-USG:launched_at", server.launched().map(World::micros).orElse(null),
                "OS-SRV-USG:terminated_at",
                        server.terminated().map(World::micros).orElse(null),
                "OS-EXT-STS:task_state", server.task().orElse(null),
                "OS-EXT-STS:vm_state", vmState(server),
                "OS-EXT-STS:power_state", server.powerState(),
                "os-extended-volumes:volumes_attached", volumes(server, version));
        if (List.of("ACTIVE", "BUILD", "REBUILD", "REBOOT").contains(server.status())) {
            view.put("progress", 0);
        }
        var groups = index.groupNames(server.id());
        if (!groups.isEmpty()) {
            view.set(
                    "security_groups",
                    groups.stream().map(name -> Json.object("name", name)).collect(Json.toArray()));
        }
        server.fault()
                .ifPresent(fault -> view.set(
                        "fault",
                        Json.object("code", fault.code(), "created", fault.created(), "message", fault.message())));
        addVersioned(view, server, version);
        if (request.caller().admin()) {
            view.put("OS-EXT-SRV-ATTR:host", server.host());
            view.put("OS-EXT-SRV-ATTR:hypervisor_hostname", server.host());
            view.put("OS-EXT-SRV-ATTR:instance_name", "instance-" + server.id().substring(0, 8));
        }
        return view;
    }

    /** Before 2.75, updated and rebuilt servers were shown without what extensions had added. */
    static ObjectNode reduced(ObjectNode view) {
        var kept = view.deepCopy();
        kept.remove(List.of("config_drive", "key_name", "security_groups", "os-extended-volumes:volumes_attached"));
        view.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("OS-EXT") || name.startsWith("OS-SRV")) {
                kept.remove(name);
            }
        });
        return kept;
    }

    private static void addVersioned(ObjectNode view, Server server, Microversion version) {
        if (version.since(9)) {
            view.put("locked", server.locked());
        }
        if (version.since(19)) {
            view.put("description", server.description());
        }
        if (version.since(26)) {
            view.set("tags", Json.node(server.tags()));
        }
        if (version.since(63)) {
            view.putNull("trusted_image_certificates");
        }
        if (version.since(71)) {
            view.set("server_groups", Json.node(server.group().stream().toList()));
        }
        if (version.since(73)) {
            view.put("locked_reason", server.lockedReason().orElse(null));
        }
        if (version.since(90)) {
            view.put("OS-EXT-SRV-ATTR:hostname", server.name());
        }
        if (version.since(96)) {
            view.putNull("pinned_availability_zone");
        }
    }

    private static String vmState(Server server) {
        return switch (server.state()) {
            case BUILDING -> "building";
            case ACTIVE -> "active";
            case RESIZED -> "resized";
            case STOPPED -> "stopped";
            case ERROR -> "error";
            case DELETED -> "deleted";
        };
    }

    private static Object links(Server server, Request request) {
        return List.of(
                Map.of("rel", "self", "href", request.base() + "/v2.1/servers/" + server.id()),
                Map.of("rel", "bookmark", "href", request.base() + "/servers/" + server.id()));
    }

    private static Object image(Server server, Request request) {
        return server.image()
                .<Object>map(image -> Json.object("id", image.id(), "links", bookmark(request, "images", image.id())))
                .orElse("");
    }

    private static ObjectNode flavor(Server server, Request request, Microversion version) {
        var flavor = server.flavor();
        return version.since(47)
                ? flavor.embedded()
                : Json.object("id", flavor.id(), "links", bookmark(request, "flavors", flavor.id()));
    }

    private static Object bookmark(Request request, String kind, String id) {
        return List.of(Map.of("rel", "bookmark", "href", request.base() + "/" + kind + "/" + id));
    }

    private static ObjectNode addresses(Server server, PortIndex index) {
        var addresses = Json.object();
        for (var port : index.of(server.id())) {
            var list = addresses.withArray("/" + escaped(index.networkName(port)));
            for (var fixed : port.path("fixed_ips")) {
                var address = Json.text(fixed, "ip_address");
                list.add(address(port, address, "fixed"));
                index.floating(port, address).ifPresent(floating -> list.add(address(port, floating, "floating")));
            }
        }
        return addresses;
    }

    /** As a JSON pointer wants it. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static ObjectNode address(ObjectNode port, String address, String type) {
        return Json.object(
                "version",
                4,
                "addr",
                address,
                "OS-EXT-IPS:type",
                type,
                "OS-EXT-IPS-MAC:mac_addr",
                Json.text(port, "mac_address"));
    }

    private static ArrayNode volumes(Server server, Microversion version) {
        return server.plugs().stream()
                .map(plug -> {
                    var view = Json.object("id", plug.volume());
                    return version.since(3) ? view.put("delete_on_termination", plug.deleteOnTermination()) : view;
                })
                .collect(Json.toArray());
    }

    /** The host, so disguised that a project can see which of its servers share one and nothing more. */
    private static String hostId(Server server) {
        if (server.host().isEmpty()) {
            return "";
        }
        try {
            var digest = MessageDigest.getInstance("SHA-224");
            return HexFormat.of()
                    .formatHex(digest.digest((server.project() + server.host()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-224", missing);
        }
    }
}
