package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.util.List;
import java.util.Map;

/** Servers: made, listed, shown, renamed, deleted. */
final class Servers {
    private final World world;
    private final Shelf<Server> shelf;
    private final ServerForm form;
    private final ServerViews views;
    private final Lifecycle lifecycle;
    private final Usage usage;

    Servers(World world, Shelf<Server> shelf, ServerForm form, ServerViews views, Lifecycle lifecycle, Usage usage) {
        this.world = world;
        this.shelf = shelf;
        this.form = form;
        this.views = views;
        this.lifecycle = lifecycle;
        this.usage = usage;
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.1/servers", request -> list(request, false))
                .on("GET", "/v2.1/servers/detail", request -> list(request, true))
                .on("POST", "/v2.1/servers", this::create)
                .on("GET", "/v2.1/servers/{id}", this::show)
                .on("PUT", "/v2.1/servers/{id}", this::update)
                .on("DELETE", "/v2.1/servers/{id}", this::delete);
    }

    Server find(Request request) {
        var id = request.variable("id");
        return shelf.find(id)
                .filter(server -> request.caller().owns(server.project()))
                .orElseThrow(() -> new Refusal(404, "Instance " + id + " could not be found."));
    }

    static void refuseLocked(Request request, Server server) {
        if (server.locked() && !request.caller().admin()) {
            throw new Refusal(409, "Instance " + server.id() + " is locked");
        }
    }

    private Answer list(Request request, boolean detail) {
        var selected = new ServerList(request).select(shelf.all(), lifecycle.graves());
        var page = Page.of(
                selected,
                request.query(),
                Nova.MOST_IN_PAGE,
                Server::id,
                marker -> new Refusal(400, "marker [" + marker + "] not found"));
        var index = views.index();
        return Nova.page(
                request,
                "servers",
                page,
                server -> detail ? views.detail(server, request, index) : views.brief(server, request));
    }

    private Answer create(Request request) {
        var wish = form.read(request);
        var server = request.json().path("server");
        var counts = ServerForm.counts(server);
        int count = usage.admit(wish, counts[0], counts[1]);
        Server first = null;
        for (int i = 1; i <= count; i++) {
            var made = lifecycle.begin(wish, count == 1 ? wish.name() : wish.name() + "-" + i);
            first = first == null ? made : first;
        }
        if (server.path("return_reservation_id").asBoolean()) {
            return Answer.of(
                    202, Json.object("reservation_id", "r-" + World.hex().substring(0, 8)));
        }
        return Answer.of(202, Json.object("server", made(first, request)))
                .with("Location", request.base() + "/v2.1/servers/" + first.id());
    }

    private ObjectNode made(Server server, Request request) {
        var brief = views.brief(server, request);
        brief.remove("name");
        brief.put("OS-DCF:diskConfig", "MANUAL");
        var names = Json.elements(request.json().path("server").path("security_groups"));
        brief.set(
                "security_groups", names.isEmpty() ? Json.node(List.of(Map.of("name", "default"))) : Json.array(names));
        return brief.put("adminPass", World.hex().substring(0, 12));
    }

    private Answer show(Request request) {
        return Answer.ok(Json.object("server", views.detail(find(request), request)));
    }

    private Answer update(Request request) {
        var server = find(request);
        var changes = request.json().path("server");
        changes.fieldNames().forEachRemaining(name -> {
            if (!List.of("name", "description", "accessIPv4", "accessIPv6", "OS-DCF:diskConfig", "hostname")
                    .contains(name)) {
                throw ServerForm.bad(
                        "Invalid input for field/attribute server. Value: %s. Additional properties are not allowed ('%s' was unexpected)"
                                .formatted(changes, name));
            }
        });
        if (changes.has("name")) {
            ServerSchema.checkName(changes.get("name"));
            server.rename(changes.get("name").asText(), world.now());
        }
        if (changes.has("description")) {
            server.describe(Json.text(changes, "description"));
        }
        var view = views.detail(server, request);
        return Answer.ok(Json.object("server", Nova.version(request).since(75) ? view : ServerViews.reduced(view)));
    }

    private Answer delete(Request request) {
        var server = find(request);
        refuseLocked(request, server);
        lifecycle.record(server, "delete", request.id());
        lifecycle.delete(server);
        return Answer.empty(204);
    }
}
