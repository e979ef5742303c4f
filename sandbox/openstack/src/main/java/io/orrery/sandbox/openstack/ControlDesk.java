package io.orrery.sandbox.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.faults.Fate;
import io.orrery.sandbox.openstack.faults.Faults;
import io.orrery.sandbox.openstack.faults.Matcher;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;

/** What a test in another process sees and disturbs, over HTTP and from loopback only. Not a part of OpenStack. */
final class ControlDesk implements Service {
    private final OpenStackEmulator emulator;
    private final Faults faults;
    private final World world;
    private final Routes routes = new Routes();

    ControlDesk(OpenStackEmulator emulator, Faults faults, World world) {
        this.emulator = emulator;
        this.faults = faults;
        this.world = world;
        routes.open("GET", "/_faults", request -> Answer.ok(Json.object("faults", faults.list())))
                .open("POST", "/_faults", this::add)
                .open("DELETE", "/_faults", request -> {
                    faults.clear();
                    return Answer.empty(204);
                })
                .open("DELETE", "/_faults/{id}", this::lift)
                .open(
                        "GET",
                        "/_inventory",
                        request -> Answer.ok(Json.node(emulator.inventory().kinds())))
                .open("GET", "/_ledger", request -> Answer.ok(Json.object("made", emulator.ledger())))
                .open("GET", "/_calls", request -> Answer.ok(calls()))
                .open("DELETE", "/_calls", request -> {
                    emulator.resetCalls();
                    return Answer.empty(204);
                });
    }

    @Override
    public String type() {
        return "control";
    }

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public boolean genuine() {
        return false;
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public void check(Request request) {
        if (!request.loopback()) {
            throw new Refusal(403, "Only from loopback");
        }
    }

    private Answer add(Request request) {
        var body = request.json();
        try {
            if (body.has("fate")) {
                faults.add(Json.MAPPER.treeToValue(body.get("fate"), Fate.class));
                return Answer.empty(204);
            }
            var match = Json.MAPPER.treeToValue(body.path("match"), Matcher.class);
            var effect = Json.MAPPER.treeToValue(body.path("effect"), Effect.class);
            if (match == null || effect == null) {
                throw new Refusal(400, "A fault has \"match\" and \"effect\", or \"fate\"");
            }
            return Answer.of(201, Json.object("id", faults.add(match, effect)));
        } catch (JsonProcessingException bad) {
            throw new Refusal(400, bad.getOriginalMessage());
        }
    }

    private Answer lift(Request request) {
        if (!faults.lift(request.variable("id"))) {
            throw new Refusal(404, "No such fault");
        }
        return Answer.empty(204);
    }

    private JsonNode calls() {
        var counts = emulator.calls().entrySet().stream()
                .map(entry -> Json.object(
                        "service", entry.getKey().service(),
                        "verb", entry.getKey().verb(),
                        "path", entry.getKey().path(),
                        "status", entry.getKey().status(),
                        "count", entry.getValue()))
                .collect(Json.toArray());
        return Json.object("at", world.now(), "calls", counts);
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        return Answer.of(refusal.status(), Json.object("error", refusal.getMessage()));
    }
}
