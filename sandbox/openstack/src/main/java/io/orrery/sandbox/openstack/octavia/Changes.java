package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What is hung on a balancer that stands, changed there, and taken off. */
final class Changes {

    private final World world;
    private final Duration time;
    private final Tree tree;

    Changes(World world, Duration time, Tree tree) {
        this.world = world;
        this.time = time;
        this.tree = tree;
    }

    Answer addListener(Request request) {
        var wish = request.json().path("listener");
        var balancer = tree.find(Form.BALANCER, request.caller(), Json.text(wish, "loadbalancer_id"));
        tree.requireMutable(balancer);
        if (Json.has(wish, "default_pool")) {
            throw Refusal.unsupported("a listener with a pool that is made with it");
        }
        var port = Json.text(wish, "protocol_port");
        if (tree.under(Form.LISTENER, balancer.id()).stream()
                .anyMatch(other -> Json.text(other.node(), "protocol_port").equals(port))) {
            throw new Refusal(409, "Another Listener on this Load Balancer is already using protocol_port " + port);
        }
        return added(Form.LISTENER, request, balancer, balancer, wish);
    }

    Answer addPool(Request request) {
        var wish = request.json().path("pool");
        if (!Json.has(wish, "loadbalancer_id") || Json.has(wish, "members") || Json.has(wish, "healthmonitor")) {
            throw Refusal.unsupported("a pool that is not made by itself, on a load balancer");
        }
        var balancer = tree.find(Form.BALANCER, request.caller(), Json.text(wish, "loadbalancer_id"));
        tree.requireMutable(balancer);
        return added(Form.POOL, request, balancer, balancer, wish);
    }

    Answer addMonitor(Request request) {
        var wish = request.json().path("healthmonitor");
        var pool = tree.find(Form.POOL, request.caller(), Json.text(wish, "pool_id"));
        tree.requireMutable(tree.balancerOf(pool));
        if (!tree.under(Form.MONITOR, pool.id()).isEmpty()) {
            throw new Refusal(409, "This pool already has a health monitor");
        }
        return added(Form.MONITOR, request, tree.balancerOf(pool), pool, wish);
    }

    Answer addMember(Request request) {
        var pool = tree.find(Form.POOL, request.caller(), request.variable("pool"));
        tree.requireMutable(tree.balancerOf(pool));
        return added(
                Form.MEMBER,
                request,
                tree.balancerOf(pool),
                pool,
                request.json().path("member"));
    }

    private Answer added(Form form, Request request, Part balancer, Part parent, JsonNode wish) {
        var part = tree.add(form, request.caller(), parent.id(), wish);
        tree.changing(balancer, parent.parent().isEmpty() ? List.of(part) : List.of(part, parent));
        return Answer.of(201, Json.object(form.singular(), tree.view(form, part)));
    }

    /** All members of a pool at once: those with another address or port than wished go, the others stay what they are. */
    Answer setMembers(Request request) {
        var pool = tree.find(Form.POOL, request.caller(), request.variable("pool"));
        tree.requireMutable(tree.balancerOf(pool));
        var surplus = new HashSet<>(tree.under(Form.MEMBER, pool.id()));
        var touched = new ArrayList<Part>();
        for (var wish : request.json().path("members")) {
            var same = surplus.stream().filter(member -> isSame(member, wish)).findFirst();
            touched.add(same.orElseGet(() -> tree.add(Form.MEMBER, request.caller(), pool.id(), wish)));
            same.ifPresent(member -> {
                surplus.remove(member);
                member.node().setAll(Form.MEMBER.made(wish));
            });
        }
        surplus.forEach(member -> tree.remove(Form.MEMBER, member));
        touched.add(pool);
        tree.changing(tree.balancerOf(pool), touched);
        return Answer.empty(202);
    }

    private static boolean isSame(Part member, JsonNode wish) {
        return List.of("address", "protocol_port").stream()
                .allMatch(name -> Json.text(member.node(), name).equals(Json.text(wish, name)));
    }

    Answer change(Form form, Request request) {
        var part = tree.find(form, request.caller(), request.variable("id"));
        var balancer = tree.balancerOf(part);
        tree.requireMutable(balancer);
        form.change(part.node(), request.json().path(form.singular()));
        var pool = tree.of(Form.POOL).find(part.parent());
        tree.changing(balancer, pool.map(it -> List.of(part, it)).orElseGet(() -> List.of(part)));
        return Answer.ok(Json.object(form.singular(), tree.view(form, part)));
    }

    Answer delete(Form form, Request request) {
        var part = tree.find(form, request.caller(), request.variable("id"));
        var balancer = tree.balancerOf(part);
        tree.requireMutable(balancer);
        part.in("PENDING_DELETE");
        tree.changing(
                balancer, tree.of(Form.POOL).find(part.parent()).map(List::of).orElse(List.of()));
        world.after(time, () -> tree.remove(form, part));
        return Answer.empty(204);
    }
}
