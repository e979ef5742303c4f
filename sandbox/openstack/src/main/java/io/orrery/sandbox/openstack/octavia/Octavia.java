package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The load balancer service, as far as to make, see and delete a balancer, which holds a port on its network. */
public final class Octavia implements Service {
    private static final String PATH = "/v2.0/lbaas/loadbalancers";
    private static final String STATUS = "provisioning_status";
    private static final int MOST = 1000;

    private final World world;
    private final Duration time;
    private final NovaPorts ports;
    private final Shelf<ObjectNode> balancers;
    private final Routes routes = new Routes();

    /**
     * @param time how long a balancer is being made or deleted
     */
    public Octavia(World world, Duration time, NovaPorts ports) {
        this.world = world;
        this.time = time;
        this.ports = ports;
        this.balancers = world.shelf("load-balancer", balancer -> Json.text(balancer, "name"));
        routes.on("GET", PATH, this::list)
                .on("POST", PATH, this::create)
                .on("GET", PATH + "/{id}", request -> Answer.ok(Json.object("loadbalancer", find(request))))
                .on("DELETE", PATH + "/{id}", this::delete)
                .unsupported(
                        "/v2.0/lbaas/listeners/**",
                        "/v2.0/lbaas/pools/**",
                        "/v2.0/lbaas/healthmonitors/**",
                        "/v2.0/lbaas/l7policies/**",
                        "/v2.0/lbaas/quotas/**",
                        "/v2.0/lbaas/flavors/**",
                        "/v2.0/lbaas/providers/**",
                        PATH + "/{id}/**");
    }

    @Override
    public String type() {
        return "load-balancer";
    }

    @Override
    public String prefix() {
        return "/load-balancer";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        return Answer.of(
                refusal.status(),
                Json.object("faultcode", "Client", "faultstring", refusal.getMessage(), "debuginfo", null));
    }

    private Answer list(Request request) {
        var mine = balancers.all().stream()
                .filter(balancer -> request.caller().owns(Json.text(balancer, "project_id")))
                .toList();
        var page = Page.of(
                mine,
                request.query(),
                MOST,
                balancer -> Json.text(balancer, "id"),
                marker -> new Refusal(404, "Load Balancer " + marker + " not found."));
        var links = page.next().stream()
                .map(next -> Json.object("rel", "next", "href", request.base() + request.path() + "?" + next))
                .toList();
        return Answer.ok(
                Json.object("loadbalancers", Json.array(page.items()), "loadbalancers_links", Json.array(links)));
    }

    private Answer create(Request request) {
        var wish = request.json().path("loadbalancer");
        if (!Json.has(wish, "vip_network_id")) {
            throw Refusal.unsupported("a load balancer without vip_network_id");
        }
        var id = World.uuid();
        var port = port(request.caller(), Json.text(wish, "vip_network_id"), id);
        var balancer = Json.object(
                "id",
                id,
                "name",
                Json.text(wish, "name"),
                "description",
                Json.text(wish, "description"),
                "project_id",
                request.caller().projectId(),
                "created_at",
                World.seconds(world.now()).replace("Z", ""),
                "vip_network_id",
                Json.text(wish, "vip_network_id"),
                "vip_port_id",
                Json.text(port, "id"),
                "admin_state_up",
                true,
                "operating_status",
                "OFFLINE",
                STATUS,
                "PENDING_CREATE");
        balancers.add(id, balancer);
        world.after(time, () -> balancer.put(STATUS, "ACTIVE").put("operating_status", "ONLINE"));
        return Answer.of(201, Json.object("loadbalancer", balancer.deepCopy()));
    }

    private ObjectNode port(Caller caller, String network, String balancer) {
        var port = ports.create(caller, network, Optional.empty(), List.of());
        return port.put("name", "octavia-lb-" + balancer)
                .put("device_id", "lb-" + balancer)
                .put("device_owner", "Octavia");
    }

    private Answer delete(Request request) {
        var balancer = find(request);
        if (Json.text(balancer, STATUS).startsWith("PENDING_")) {
            throw new Refusal(
                    409, "Load Balancer " + Json.text(balancer, "id") + " is immutable and cannot be updated.");
        }
        balancer.put(STATUS, "PENDING_DELETE");
        world.after(time, () -> {
            ports.delete(ports.port(request.caller(), Json.text(balancer, "vip_port_id")));
            balancers.remove(Json.text(balancer, "id"));
        });
        return Answer.empty(204);
    }

    private ObjectNode find(Request request) {
        var id = request.variable("id");
        return balancers
                .find(id)
                .filter(balancer -> request.caller().owns(Json.text(balancer, "project_id")))
                .orElseThrow(() -> new Refusal(404, "Load Balancer " + id + " not found."));
    }
}
