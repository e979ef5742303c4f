package io.orrery.sandbox.openstack.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The load balancer service: balancers for TCP, with listeners, pools, members and health monitors. Nothing flows. */
public final class Octavia implements Service {

    private static final String ROOT = "/v2.0/lbaas/";
    private static final String MEMBERS = ROOT + "pools/{pool}/members";
    private static final int MOST = 1000;

    private final Tree tree;
    private final Balancers balancers;
    private final Changes changes;
    private final Map<String, Integer> quota;
    private final Routes routes = new Routes();

    /**
     * @param time how long each change takes
     * @param quota how many load balancers a project may have: {@code loadbalancer}
     */
    public Octavia(World world, Duration time, NovaPorts ports, Map<String, Integer> quota) {
        this.tree = new Tree(world, time);
        this.balancers = new Balancers(world, time, tree, ports, quota);
        this.changes = new Changes(world, time, tree);
        this.quota = quota;
        routes.on("POST", ROOT + "loadbalancers", balancers::create)
                .on("DELETE", ROOT + "loadbalancers/{id}", balancers::delete)
                .on("PUT", ROOT + "loadbalancers/{id}", request -> changes.change(Form.BALANCER, request))
                .on("POST", ROOT + "listeners", changes::addListener)
                .on("POST", ROOT + "pools", changes::addPool)
                .on("POST", ROOT + "healthmonitors", changes::addMonitor)
                .on("POST", MEMBERS, changes::addMember)
                .on("PUT", MEMBERS, changes::setMembers)
                .on("GET", MEMBERS, request -> list(Form.MEMBER, request))
                .on("GET", ROOT + "quotas/{project}", this::quotas);
        List.of(Form.LISTENER, Form.POOL, Form.MONITOR).forEach(form -> known(form, ROOT + form.plural()));
        known(Form.MEMBER, MEMBERS);
        routes.on("GET", ROOT + "loadbalancers", request -> list(Form.BALANCER, request))
                .on("GET", ROOT + "loadbalancers/{id}", request -> show(Form.BALANCER, request))
                .unsupported(
                        ROOT + "loadbalancers/{id}/**",
                        ROOT + "l7policies/**",
                        ROOT + "quotas/**",
                        ROOT + "flavors/**",
                        ROOT + "providers/**");
        ports.balancedBy(balancers::leadingTo);
    }

    private void known(Form form, String path) {
        routes.on("GET", path, request -> list(form, request))
                .on("GET", path + "/{id}", request -> show(form, request))
                .on("PUT", path + "/{id}", request -> changes.change(form, request))
                .on("DELETE", path + "/{id}", request -> changes.delete(form, request));
    }

    /** This balancer is in ERROR from now on. */
    public void fail(String id) {
        tree.of(Form.BALANCER).find(id).ifPresent(balancer -> balancer.in("ERROR"));
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

    private Answer show(Form form, Request request) {
        var part = tree.find(form, request.caller(), request.variable("id"));
        return Answer.ok(Json.object(form.singular(), tree.view(form, part)));
    }

    /** Filtered by any attribute of its own that the query names. */
    private Answer list(Form form, Request request) {
        var pool = request.variable("pool");
        var mine = tree.of(form).all().stream()
                .filter(part -> pool == null || part.parent().equals(pool))
                .filter(part -> request.caller().owns(Json.text(part.node(), "project_id")))
                .filter(part -> request.query().pairs().stream()
                        .allMatch(pair -> !part.node().has(pair.getKey())
                                || Json.text(part.node(), pair.getKey()).equals(pair.getValue())))
                .<ObjectNode>map(part -> tree.view(form, part))
                .toList();
        var page = Page.of(
                mine,
                request.query(),
                MOST,
                part -> Json.text(part, "id"),
                marker -> new Refusal(404, form.words() + " " + marker + " not found."));
        var links = page.next().stream()
                .map(next -> Json.object("rel", "next", "href", request.base() + request.path() + "?" + next))
                .toList();
        return Answer.ok(
                Json.object(form.plural(), Json.array(page.items()), form.plural() + "_links", Json.array(links)));
    }

    private Answer quotas(Request request) {
        if (!request.caller().owns(request.variable("project"))) {
            throw new Refusal(403, "Policy does not allow this request to be performed.");
        }
        return Answer.ok(Json.object("quota", Json.node(quota)));
    }
}
