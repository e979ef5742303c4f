package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.cinder.Cinder;
import io.orrery.sandbox.openstack.faults.Faults;
import io.orrery.sandbox.openstack.glance.Glance;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.machine.Firmware;
import io.orrery.sandbox.openstack.machine.Machine;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.Timings;
import io.orrery.sandbox.openstack.model.World;
import io.orrery.sandbox.openstack.neutron.NovaPorts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The compute service. */
public final class Nova implements Service {
    /** Nova's own limit for a page. */
    static final int MOST_IN_PAGE = 1000;

    private static final Microversion LEAST = new Microversion(2, 1);
    private static final Microversion MOST = new Microversion(2, 95);
    private static final String LEGACY_HEADER = "X-OpenStack-Nova-API-Version";

    private final World world;
    private final Shelf<Server> shelf;
    private final NovaPorts ports;
    private final Lifecycle lifecycle;
    private final Routes routes = new Routes();

    /**
     * @param hosts how many hypervisors there are
     * @param limits the quota, which may change
     */
    public Nova(
            World world,
            Timings timings,
            Faults faults,
            Firmware firmware,
            int hosts,
            Map<String, Integer> limits,
            NovaPorts ports,
            Glance glance,
            Cinder cinder) {
        this.world = world;
        this.ports = ports;
        this.shelf = world.shelf("server", Server::name);
        var groups = new ServerGroups(world, limits, shelf);
        var flavors = new Flavors();
        var keypairs = new Keypairs(world, limits);
        var machines = new Hosts(hosts);
        this.lifecycle = new Lifecycle(world, timings, faults, firmware, machines, shelf, groups, ports, cinder);
        var networks = new NetworkForm(ports);
        var form = new ServerForm(flavors, keypairs, groups, glance, cinder, networks, limits);
        var views = new ServerViews(ports);
        var usage = new Usage(limits, shelf, groups);
        var servers = new Servers(world, shelf, form, views, lifecycle, usage);

        routes.open("GET", "/", Nova::versions).open("GET", "/v2.1", Nova::version21);
        flavors.routes(routes);
        keypairs.routes(routes);
        groups.routes(routes);
        servers.routes(routes);
        new Actions(world, servers, views, lifecycle, glance, flavors, usage, timings.snapshot()).routes(routes);
        new ServerLabels(servers, form).routes(routes);
        new Attachments(servers, lifecycle, networks, ports, cinder).routes(routes);
        usage.routes(routes);
        new Infrastructure(machines).routes(routes);
    }

    @Override
    public String type() {
        return "compute";
    }

    @Override
    public String prefix() {
        return "/compute";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    /** A server as its firmware sees it. */
    public Optional<Machine> machine(String id) {
        return world.enter(() -> shelf.find(id).map(server -> new RunningMachine(world, server, lifecycle, ports)));
    }

    /** The guest's own power-off. */
    public void shutoff(String id) {
        with(id, lifecycle::shutoff);
    }

    /** A server gone without a trace, as if its hypervisor were lost; its ports stay behind. */
    public void vanish(String id) {
        with(id, lifecycle::vanish);
    }

    /** A server in ERROR, with this fault. */
    public void fail(String id, String message) {
        with(id, server -> lifecycle.strike(server, message));
    }

    private void with(String id, Consumer<Server> work) {
        world.enter(() -> {
            shelf.find(id).ifPresent(work);
            return null;
        });
    }

    static Microversion version(Request request) {
        return Microversion.asked(request, "compute", LEGACY_HEADER, LEAST, MOST);
    }

    static void adminOnly(Request request, String rule) {
        if (!request.caller().admin()) {
            throw policy(rule);
        }
    }

    static Refusal policy(String rule) {
        return new Refusal(403, "Policy doesn't allow " + rule + " to be performed.");
    }

    /** A page of a list, with the link to the one after it. */
    static <T> Answer page(Request request, String plural, Page<T> page, Function<T, ObjectNode> view) {
        var answer = Json.object(plural, page.items().stream().map(view).collect(Json.toArray()));
        page.next()
                .ifPresent(query -> answer.set(
                        plural + "_links",
                        Json.array(List.of(
                                Json.object("rel", "next", "href", request.base() + request.path() + "?" + query)))));
        return Answer.ok(answer);
    }

    @Override
    public void check(Request request) {
        version(request);
    }

    private static ObjectNode version(
            String id, String status, String most, String least, String updated, String href) {
        return Json.object(
                "id", id,
                "status", status,
                "version", most,
                "min_version", least,
                "updated", updated,
                "links", List.of(Map.of("rel", "self", "href", href)));
    }

    private static Answer versions(Request request) {
        return Answer.ok(Json.object(
                "versions",
                List.of(
                        version("v2.0", "SUPPORTED", "", "", "2011-01-21T11:33:21Z", request.base() + "/v2/"),
                        current(request))));
    }

    private static Answer version21(Request request) {
        var version = current(request);
        version.set(
                "media-types",
                Json.node(List.of(Map.of(
                        "base", "application/json",
                        "type", "application/vnd.openstack.compute+json;version=2.1"))));
        return Answer.ok(Json.object("version", version));
    }

    private static ObjectNode current(Request request) {
        return version(
                "v2.1",
                "CURRENT",
                MOST.toString(),
                LEAST.toString(),
                "2013-07-23T11:33:21Z",
                request.base() + "/v2.1/");
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        var fault =
                switch (refusal.status()) {
                    case 400 -> "badRequest";
                    case 401 -> "error";
                    case 403 -> "forbidden";
                    case 404 -> "itemNotFound";
                    case 409 -> "conflictingRequest";
                    case 413, 429 -> "overLimit";
                    case 501 -> "notImplemented";
                    default -> "computeFault";
                };
        var body = Json.object("code", refusal.status(), "message", message(refusal));
        if (refusal.status() == 401) {
            body.put("title", "Unauthorized");
        }
        return Answer.of(refusal.status(), Json.object(fault, body));
    }

    private static String message(Refusal refusal) {
        return refusal.status() == 500
                ? "Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.\n<class 'oslo_db.exception.DBError'>"
                : refusal.getMessage();
    }

    @Override
    public Answer seal(Request request, Answer answer) {
        var version = answered(request);
        return Service.super
                .seal(request, answer)
                .with("X-Compute-Request-Id", request.id())
                .with("OpenStack-API-Version", "compute " + version)
                .with(LEGACY_HEADER, version.toString())
                .with("Vary", "OpenStack-API-Version, " + LEGACY_HEADER);
    }

    private static Microversion answered(Request request) {
        try {
            return version(request);
        } catch (Refusal unsupported) {
            return LEAST;
        }
    }
}
