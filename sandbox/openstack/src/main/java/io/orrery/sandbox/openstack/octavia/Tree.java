package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All load balancers with what hangs on them, and the rule that one of them takes one change at a time. */
final class Tree {

    private final World world;
    private final Duration time;
    private final Map<Form, Shelf<Part>> shelves;

    /** @param time how long a change takes */
    Tree(World world, Duration time) {
        this.world = world;
        this.time = time;
        this.shelves = Map.of(
                Form.BALANCER, shelf("load-balancer"),
                Form.LISTENER, shelf("listener"),
                Form.POOL, shelf("pool"),
                Form.MONITOR, shelf("health-monitor"),
                Form.MEMBER, shelf("member"));
    }

    private Shelf<Part> shelf(String kind) {
        return world.shelf(kind, part -> Json.text(part.node(), "name"));
    }

    Shelf<Part> of(Form form) {
        return shelves.get(form);
    }

    List<Part> under(Form form, String parent) {
        return of(form).all().stream()
                .filter(part -> part.parent().equals(parent))
                .toList();
    }

    Part find(Form form, Caller caller, String id) {
        return of(form).find(id)
                .filter(part -> caller.owns(Json.text(part.node(), "project_id")))
                .orElseThrow(() -> new Refusal(404, form.words() + " " + id + " not found."));
    }

    /** The one that this is, or hangs on. */
    Part balancerOf(Part part) {
        if (part.parent().isEmpty()) {
            return part;
        }
        var above = of(Form.BALANCER).find(part.parent()).or(() -> of(Form.POOL).find(part.parent()));
        return balancerOf(above.orElseThrow());
    }

    /** It is what is being made until {@link #settle}. */
    Part add(Form form, Caller caller, String parent, JsonNode wish) {
        var node = form.made(wish);
        node.put("id", World.uuid());
        node.put("project_id", caller.projectId());
        node.put("created_at", now());
        node.putNull("updated_at");
        node.put("operating_status", "OFFLINE");
        var part = new Part(parent, node);
        part.in("PENDING_CREATE");
        of(form).add(part.id(), part);
        return part;
    }

    /** Refuses a change while another one is being made, and after one has failed. */
    void requireMutable(Part balancer) {
        if (!balancer.status().equals("ACTIVE")) {
            throw immutable(balancer);
        }
    }

    static Refusal immutable(Part balancer) {
        return new Refusal(409, "Load Balancer " + balancer.id() + " is immutable and cannot be updated.");
    }

    /** Marks the balancer and these parts as being changed, until the change is done. */
    void changing(Part balancer, List<Part> parts) {
        if (!balancer.status().startsWith("PENDING_")) {
            balancer.in("PENDING_UPDATE");
        }
        parts.stream().filter(part -> !part.status().startsWith("PENDING_")).forEach(part -> part.in("PENDING_UPDATE"));
        world.after(
                time, () -> Stream.concat(Stream.of(balancer), parts.stream()).forEach(this::settle));
    }

    private void settle(Part part) {
        if (part.status().startsWith("PENDING_") && !part.status().equals("PENDING_DELETE")) {
            part.in("ACTIVE");
            part.node().put("operating_status", "ONLINE").put("updated_at", now());
        }
    }

    /** Takes a part with all that hangs on it; listeners that led to a pool lead nowhere then. */
    void remove(Form form, Part part) {
        of(form).remove(part.id());
        if (form == Form.POOL) {
            of(Form.LISTENER).all().stream()
                    .filter(listener ->
                            Json.text(listener.node(), "default_pool_id").equals(part.id()))
                    .forEach(listener -> listener.node().putNull("default_pool_id"));
        }
        shelves.keySet().forEach(below -> under(below, part.id()).forEach(child -> remove(below, child)));
    }

    /** As it is shown: with the ids of what it hangs on, and of what hangs on it. */
    ObjectNode view(Form form, Part part) {
        var view = part.node().deepCopy();
        switch (form) {
            case BALANCER -> {
                view.set("listeners", ids(under(Form.LISTENER, part.id()).stream()));
                view.set("pools", ids(under(Form.POOL, part.id()).stream()));
            }
            case LISTENER -> view.set("loadbalancers", ids(Stream.of(balancerOf(part))));
            case POOL -> {
                view.set("loadbalancers", ids(Stream.of(balancerOf(part))));
                view.set("listeners", ids(leadingTo(part)));
                view.set("members", ids(under(Form.MEMBER, part.id()).stream()));
                view.set(
                        "healthmonitor_id",
                        Json.node(under(Form.MONITOR, part.id()).stream()
                                .map(Part::id)
                                .findFirst()
                                .orElse(null)));
            }
            case MONITOR -> view.set("pools", Json.array(List.of(Json.object("id", part.parent()))));
            case MEMBER -> {
                // its pool stands in the path
            }
        }
        return view;
    }

    private Stream<Part> leadingTo(Part pool) {
        return of(Form.LISTENER).all().stream().filter(listener -> Json.text(listener.node(), "default_pool_id")
                .equals(pool.id()));
    }

    private static JsonNode ids(Stream<Part> parts) {
        return parts.map(part -> Json.object("id", part.id())).collect(Json.toArray());
    }

    /** Without a zone, as Octavia writes it. */
    private String now() {
        return World.seconds(world.now()).replace("Z", "");
    }
}
