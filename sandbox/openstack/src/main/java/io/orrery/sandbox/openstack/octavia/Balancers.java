package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes balancers, with all that is to hang on them if that is said, and takes them away. */
final class Balancers {

    private static final String OCTAVIA = "Octavia";

    private final World world;
    private final Duration time;
    private final Tree tree;
    private final NovaPorts ports;
    private final Map<String, Integer> quota;

    Balancers(World world, Duration time, Tree tree, NovaPorts ports, Map<String, Integer> quota) {
        this.world = world;
        this.time = time;
        this.tree = tree;
        this.ports = ports;
        this.quota = quota;
    }

    Answer create(Request request) {
        var caller = request.caller();
        var wish = request.json().path("loadbalancer");
        requireRoom(caller);
        var given = Json.has(wish, "vip_port_id")
                ? Optional.of(ports.port(caller, Json.text(wish, "vip_port_id")))
                : Optional.<ObjectNode>empty();
        if (given.isEmpty() && !Json.has(wish, "vip_network_id")) {
            throw Refusal.unsupported("a load balancer without vip_port_id and vip_network_id");
        }
        var balancer = tree.add(Form.BALANCER, caller, "", wish);
        var port = given.orElseGet(() -> port(caller, Json.text(wish, "vip_network_id"), balancer.id()));
        balancer.node()
                .put("provider", Json.has(wish, "provider") ? Json.text(wish, "provider") : "amphora")
                .put("vip_port_id", Json.text(port, "id"))
                .put("vip_network_id", Json.text(port, "network_id"))
                .put("vip_address", port.at("/fixed_ips/0/ip_address").asText(""))
                .put("vip_subnet_id", port.at("/fixed_ips/0/subnet_id").asText(""));
        var parts = new ArrayList<Part>();
        wish.path("listeners").forEach(listener -> listener(caller, balancer, listener, parts));
        tree.changing(balancer, parts);
        return Answer.of(201, Json.object("loadbalancer", tree.view(Form.BALANCER, balancer)));
    }

    private void requireRoom(Caller caller) {
        var most = quota.getOrDefault("loadbalancer", -1);
        var there = tree.of(Form.BALANCER).all().stream()
                .filter(balancer -> Json.text(balancer.node(), "project_id").equals(caller.projectId()))
                .count();
        if (most >= 0 && there >= most) {
            throw new Refusal(403, "Quota has been met for resources: Load Balancer");
        }
    }

    private void listener(Caller caller, Part balancer, JsonNode wish, List<Part> made) {
        var listener = tree.add(Form.LISTENER, caller, balancer.id(), wish);
        made.add(listener);
        var below = wish.path("default_pool");
        if (below.isObject()) {
            var pool = tree.add(Form.POOL, caller, balancer.id(), below);
            listener.node().put("default_pool_id", pool.id());
            made.add(pool);
            below.path("members").forEach(member -> made.add(tree.add(Form.MEMBER, caller, pool.id(), member)));
            if (Json.has(below, "healthmonitor")) {
                made.add(tree.add(Form.MONITOR, caller, pool.id(), below.get("healthmonitor")));
            }
        }
    }

    private ObjectNode port(Caller caller, String network, String balancer) {
        var port = ports.create(caller, network, Optional.empty(), List.of());
        return port.put("name", "octavia-lb-" + balancer)
                .put("device_id", "lb-" + balancer)
                .put("device_owner", OCTAVIA);
    }

    Answer delete(Request request) {
        var caller = request.caller();
        var balancer = tree.find(Form.BALANCER, caller, request.variable("id"));
        if (balancer.status().startsWith("PENDING_")) {
            throw Tree.immutable(balancer);
        }
        var isBare = tree.under(Form.LISTENER, balancer.id()).isEmpty()
                && tree.under(Form.POOL, balancer.id()).isEmpty();
        if (!isBare && !request.query().yes("cascade")) {
            throw new Refusal(400, "Cannot delete Load Balancer " + balancer.id() + " - it has children");
        }
        balancer.in("PENDING_DELETE");
        world.after(time, () -> {
            release(caller, Json.text(balancer.node(), "vip_port_id"));
            tree.remove(Form.BALANCER, balancer);
        });
        return Answer.empty(204);
    }

    /** A port that was given is given back. */
    private void release(Caller caller, String id) {
        try {
            var port = ports.port(caller, id);
            if (Json.text(port, "device_owner").equals(OCTAVIA)) {
                ports.delete(port);
            }
        } catch (Refusal gone) {
            // somebody has deleted it already
        }
    }

    /** Addresses of the balancers on a network of which this address is a member. */
    List<String> leadingTo(String network, String address) {
        return tree.of(Form.MEMBER).all().stream()
                .filter(member -> Json.text(member.node(), "address").equals(address))
                .map(member -> tree.balancerOf(member).node())
                .filter(balancer -> Json.text(balancer, "vip_network_id").equals(network))
                .map(balancer -> Json.text(balancer, "vip_address"))
                .distinct()
                .toList();
    }
}
