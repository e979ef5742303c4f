package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.glance.Glance;
import io.orrery.sandbox.openstack.glance.Image;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.nova.Server.State;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be done to a server: the calls on {@code /servers/{id}/action}. */
final class Actions {
    private static final List<String> REBOOTS = List.of("HARD", "Hard", "hard", "SOFT", "Soft", "soft");
    private static final Set<String> NOT_EMULATED = Set.of(
            "shelve",
            "unshelve",
            "shelveOffload",
            "suspend",
            "resume",
            "pause",
            "unpause",
            "rescue",
            "unrescue",
            "addFixedIp",
            "removeFixedIp",
            "addFloatingIp",
            "removeFloatingIp",
            "addSecurityGroup",
            "removeSecurityGroup",
            "changePassword",
            "createBackup",
            "migrate",
            "os-migrateLive",
            "evacuate",
            "forceDelete",
            "restore",
            "os-resetState",
            "trigger_crash_dump",
            "os-getVNCConsole",
            "os-getSPICEConsole",
            "os-getSerialConsole",
            "os-getRDPConsole");

    private final World world;
    private final Servers servers;
    private final ServerViews views;
    private final Lifecycle lifecycle;
    private final Glance glance;
    private final Flavors flavors;
    private final Usage usage;
    private final Duration snapshotTime;

    Actions(
            World world,
            Servers servers,
            ServerViews views,
            Lifecycle lifecycle,
            Glance glance,
            Flavors flavors,
            Usage usage,
            Duration snapshotTime) {
        this.world = world;
        this.servers = servers;
        this.views = views;
        this.lifecycle = lifecycle;
        this.glance = glance;
        this.flavors = flavors;
        this.usage = usage;
        this.snapshotTime = snapshotTime;
    }

    void routes(Routes routes) {
        routes.on("POST", "/v2.1/servers/{id}/action", this::act)
                .on("GET", "/v2.1/servers/{id}/os-instance-actions", this::history)
                .on("GET", "/v2.1/servers/{id}/os-instance-actions/{request}", this::past)
                .unsupported(
                        "/v2.1/servers/{id}/remote-consoles",
                        "/v2.1/servers/{id}/diagnostics",
                        "/v2.1/servers/{id}/migrations/**",
                        "/v2.1/servers/{id}/topology",
                        "/v2.1/servers/{id}/os-security-groups",
                        "/v2.1/servers/{id}/ips/**",
                        "/v2.1/servers/{id}/os-server-password");
    }

    private Answer act(Request request) {
        var server = servers.find(request);
        var body = request.json();
        var name = body.fieldNames().hasNext() ? body.fieldNames().next() : "";
        var given = body.path(name);
        return switch (name) {
            case "os-getConsoleOutput" -> console(server, given);
            case "os-start" -> {
                begin(request, server, "start", Set.of(State.STOPPED));
                lifecycle.start(server);
                yield Answer.empty(202);
            }
            case "os-stop" -> {
                begin(request, server, "stop", Set.of(State.ACTIVE, State.ERROR));
                lifecycle.stop(server);
                yield Answer.empty(202);
            }
            case "reboot" -> reboot(request, server, given);
            case "rebuild" -> rebuild(request, server, given);
            case "createImage" -> snapshot(request, server, given);
            case "resize" -> resize(request, server, given);
            case "confirmResize" -> {
                begin(request, server, "confirmResize", Set.of(State.RESIZED));
                lifecycle.confirmResize(server);
                yield Answer.empty(204);
            }
            case "revertResize" -> {
                begin(request, server, "revertResize", Set.of(State.RESIZED));
                lifecycle.revertResize(server);
                yield Answer.empty(202);
            }
            case "lock" -> {
                lifecycle.record(server, "lock", request.id());
                server.lock(
                        Nova.version(request).since(73) && Json.has(given, "locked_reason")
                                ? Json.text(given, "locked_reason")
                                : null);
                yield Answer.empty(202);
            }
            case "unlock" -> {
                lifecycle.record(server, "unlock", request.id());
                server.unlock();
                yield Answer.empty(202);
            }
            default ->
                throw NOT_EMULATED.contains(name)
                        ? Refusal.unsupported("the server action " + name)
                        : ServerForm.bad("There is no such action: " + name);
        };
    }

    /** Refuses an action in a state that it does not fit, or writes it into the history. */
    private void begin(Request request, Server server, String action, Set<State> states) {
        Servers.refuseLocked(request, server);
        if (!states.contains(server.state())) {
            throw new Refusal(
                    409,
                    "Cannot '%s' instance %s while it is in vm_state %s"
                            .formatted(action, server.id(), vmState(server)));
        }
        server.task().ifPresent(task -> {
            throw new Refusal(
                    409, "Cannot '%s' instance %s while it is in task_state %s".formatted(action, server.id(), task));
        });
        lifecycle.record(server, action, request.id());
    }

    private static String vmState(Server server) {
        return server.state().name().toLowerCase(Locale.ROOT);
    }

    private static Answer console(Server server, JsonNode given) {
        if (server.state() == State.BUILDING) {
            throw new Refusal(409, "Instance " + server.id() + " is not ready");
        }
        var lines = server.console();
        int length = Json.has(given, "length") ? given.path("length").asInt(-1) : -1;
        int from = length < 0 ? 0 : Math.max(0, lines.size() - length);
        var output = String.join("\n", lines.subList(from, lines.size()));
        return Answer.ok(Json.object("output", output.isEmpty() ? "" : output + "\n"));
    }

    private Answer reboot(Request request, Server server, JsonNode given) {
        var type = Json.text(given, "type");
        if (!REBOOTS.contains(type)) {
            throw ServerForm.bad(
                    "Invalid input for field/attribute type. Value: %s. '%s' is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']"
                            .formatted(type, type));
        }
        boolean hard = type.equalsIgnoreCase("HARD");
        var states = hard ? Set.of(State.ACTIVE, State.STOPPED, State.ERROR) : Set.of(State.ACTIVE);
        begin(request, server, "reboot", states);
        lifecycle.reboot(server, hard);
        return Answer.empty(202);
    }

    private Answer rebuild(Request request, Server server, JsonNode given) {
        var image = glance.find(request.caller(), Json.text(given, "imageRef"))
                .orElseThrow(() -> ServerForm.bad("Cannot find image for rebuild"));
        begin(request, server, "rebuild", Set.of(State.ACTIVE, State.STOPPED, State.ERROR));
        server.image(image);
        if (given.path("metadata").isObject()) {
            server.metadata().clear();
            given.path("metadata").properties().forEach(pair -> server.metadata()
                    .put(pair.getKey(), pair.getValue().asText()));
        }
        if (Json.has(given, "name")) {
            server.rename(Json.text(given, "name"), world.now());
        }
        lifecycle.rebuild(server);
        var view = views.detail(server, request).put("adminPass", World.hex().substring(0, 12));
        return Answer.of(202, Json.object("server", view))
                .with("Location", request.base() + "/v2.1/servers/" + server.id());
    }

    private Answer resize(Request request, Server server, JsonNode given) {
        var id = Json.text(given, "flavorRef");
        var flavor = flavors.find(id).orElseThrow(() -> ServerForm.bad("Flavor " + id + " could not be found."));
        if (flavor.equals(server.flavor())) {
            throw ServerForm.bad("When resizing, instances must change flavor!");
        }
        if (server.state() == State.STOPPED) {
            throw Refusal.unsupported("the resize of a server that is switched off");
        }
        usage.admitGrowth(server, flavor);
        begin(request, server, "resize", Set.of(State.ACTIVE));
        lifecycle.resize(server, flavor);
        return Answer.empty(202);
    }

    private Answer snapshot(Request request, Server server, JsonNode given) {
        if (Json.text(given, "name").isEmpty()) {
            throw ServerForm.bad("Invalid input for field/attribute createImage. 'name' is a required property");
        }
        begin(request, server, "createImage", Set.of(State.ACTIVE, State.STOPPED));
        var image = glance.begin(request.caller(), snapshotFields(server, given));
        lifecycle.busy(
                server,
                "image_snapshot_pending",
                snapshotTime,
                () -> glance.finish(image, "A snapshot of server " + server.id() + "\n"));
        return Nova.version(request).since(45)
                ? Answer.of(202, Json.object("image_id", image.id()))
                : Answer.empty(202).with("Location", request.base() + "/images/" + image.id());
    }

    private static ObjectNode snapshotFields(Server server, JsonNode given) {
        var fields = Json.object();
        server.image()
                .map(Image::properties)
                .ifPresent(inherited -> inherited.forEach((name, value) -> {
                    if (name.startsWith("os_") && !name.startsWith("os_hash")) {
                        fields.put(name, value);
                    }
                }));
        fields.setAll(Json.object(
                "name", Json.text(given, "name"),
                "disk_format", "raw",
                "container_format", "bare",
                "visibility", "private",
                "min_disk", server.flavor().disk(),
                "image_type", "snapshot",
                "instance_uuid", server.id(),
                "user_id", server.wish().caller().userId(),
                "base_image_ref", server.image().map(Image::id).orElse("")));
        given.path("metadata")
                .properties()
                .forEach(pair -> fields.put(pair.getKey(), pair.getValue().asText()));
        return fields;
    }

    private Answer history(Request request) {
        var server = servers.find(request);
        var newestFirst = server.actions().reversed().stream()
                .map(action -> view(server, action))
                .collect(Json.toArray());
        return Answer.ok(Json.object("instanceActions", newestFirst));
    }

    private Answer past(Request request) {
        var server = servers.find(request);
        var id = request.variable("request");
        return server.actions().stream()
                .filter(action -> action.requestId().equals(id))
                .findFirst()
                .map(action -> Answer.ok(Json.object("instanceAction", view(server, action))))
                .orElseThrow(() ->
                        new Refusal(404, "Action for request_id " + id + " on instance " + server.id() + " not found"));
    }

    private static ObjectNode view(Server server, Server.Action action) {
        return Json.object(
                "action", action.name(),
                "instance_uuid", server.id(),
                "request_id", action.requestId(),
                "user_id", action.user(),
                "project_id", action.project(),
                "start_time", World.micros(action.start()),
                "message", null);
    }
}
