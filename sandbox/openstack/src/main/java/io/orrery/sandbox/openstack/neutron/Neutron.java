package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Cidr;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The network service. */
public final class Neutron implements Service {
    private static final Caller CLOUD = new Caller(World.hex(), "admin", World.hex(), "cloud", Set.of("admin"));

    private final Topology topology;
    private final Groups groups;
    private final Collection networks;
    private final Collection subnets;
    private final NovaPorts novaPorts;
    private final Routes routes = new Routes();

    /**
     * @param floating the external network's range: floating IPs and routers' gateways
     */
    public Neutron(World world, Map<String, Integer> quota, Cidr floating) {
        topology = new Topology(world);
        groups = new Groups(topology, world);
        var limits = new Limits(quota);
        var ports = new Ports(topology, new Addresses(topology), groups);
        var servicePorts = new ServicePorts(topology, ports, world);
        networks = new Collection(Kinds.NETWORK, topology.networks, new Networks(topology), limits, world);
        subnets = new Collection(Kinds.SUBNET, topology.subnets, new Subnets(topology), limits, world);
        var portCalls = new Collection(Kinds.PORT, topology.ports, ports, limits, world);
        var routers =
                new Collection(Kinds.ROUTER, topology.routers, new Routers(topology, servicePorts), limits, world);
        var floatingIps = new Collection(
                Kinds.FLOATING_IP, topology.floatingIps, new FloatingIps(topology, servicePorts), limits, world);
        var groupCalls = new Collection(Kinds.SECURITY_GROUP, topology.groups, groups, limits, world);
        var rules = new Collection(Kinds.RULE, topology.rules, new Rules(topology), limits, world);
        novaPorts = new NovaPorts(topology, networks, portCalls, ports, groups, limits);
        // Before anything counts: the cloud's own networks are no project's.
        makeCloudNetworks(floating);
        limits.counts("network", topology.networks);
        limits.counts("subnet", topology.subnets);
        limits.counts("port", topology.ports);
        limits.counts("router", topology.routers);
        limits.counts("floatingip", topology.floatingIps);
        limits.counts("security_group", topology.groups);
        limits.counts("security_group_rule", topology.rules);

        routes.open("GET", "/", Neutron::versions);
        routes.on("GET", "/v2.0", request -> Answer.ok(Json.object("resources", List.of())));
        limits.routes(routes);
        List.of(networks, subnets, portCalls, routers, floatingIps, groupCalls, rules)
                .forEach(collection -> collection.routes(routes));
        new Interfaces(topology, routers, portCalls, servicePorts, limits).routes(routes);
        new Availability(topology).routes(routes);
        routes.on("GET", "/v2.0/extensions", request -> Answer.ok(Extensions.list()))
                .on("GET", "/v2.0/extensions/{alias}", request -> Extensions.show(request.variable("alias")))
                .on("GET", "/v2.0/availability_zones", request -> Answer.ok(Extensions.zones()));
        Kinds.NONE.forEach((path, plural) ->
                routes.on("GET", "/v2.0/" + path, request -> Answer.ok(Json.object(plural, List.of()))));
        routes.unsupported(
                "/v2.0/subnetpools/**",
                "/v2.0/address-scopes/**",
                "/v2.0/agents/**",
                "/v2.0/rbac-policies/**",
                "/v2.0/trunks/**",
                "/v2.0/qos/**",
                "/v2.0/metering/**",
                "/v2.0/service-providers/**",
                "/v2.0/address-groups/**",
                "/v2.0/floatingip_pools/**",
                "/v2.0/auto-allocated-topology/**");
    }

    private void makeCloudNetworks(Cidr floating) {
        makeNetwork(Json.object("name", "external", "router:external", true, "mtu", 1500), floating);
        makeNetwork(
                Json.object("name", "eodata", "shared", true),
                Cidr.parse("10.111.0.0/16").orElseThrow());
    }

    private void makeNetwork(ObjectNode wish, Cidr cidr) {
        var network = networks.create(CLOUD, wish);
        subnets.create(
                CLOUD,
                Json.object(
                        "network_id", Topology.id(network),
                        "name", Json.text(network, "name"),
                        "ip_version", 4,
                        "cidr", cidr.toString()));
    }

    /** What Nova asks for and does here. */
    public NovaPorts ports() {
        return novaPorts;
    }

    @Override
    public String type() {
        return "network";
    }

    @Override
    public String prefix() {
        return "/network";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    private static Answer versions(Request request) {
        return Answer.ok(Json.object(
                "versions",
                List.of(Map.of(
                        "id", "v2.0",
                        "status", "CURRENT",
                        "links", List.of(Map.of("rel", "self", "href", request.base() + "/v2.0/"))))));
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        if (refusal.status() == 401) {
            return Answer.of(401, unauthorized());
        }
        return Answer.of(
                refusal.status(),
                Json.object(
                        "NeutronError",
                        Json.object(
                                "type", refusal.type().isEmpty() ? "HTTPBadRequest" : refusal.type(),
                                "message",
                                        refusal.status() == 500
                                                ? "Request Failed: internal server error while processing your request."
                                                : refusal.getMessage(),
                                "detail", "")));
    }

    private static ObjectNode unauthorized() {
        return Json.object(
                "error",
                Json.object(
                        "code", 401,
                        "title", "Unauthorized",
                        "message", "The request you have made requires authentication."));
    }

    @Override
    public Answer unknown(Request request, boolean pathKnown) {
        return pathKnown
                ? refused(
                        new Refusal(
                                405,
                                "HTTPMethodNotAllowed",
                                "The server could not comply with the request since it is either malformed or otherwise incorrect."),
                        request.id())
                : refused(new Refusal(404, "HTTPNotFound", "The resource could not be found."), request.id());
    }

    /** The default security group is there from a project's first look on. */
    @Override
    public void check(Request request) {
        var project = request.caller().projectId();
        if (!project.isEmpty()) {
            groups.defaultOf(project);
        }
    }
}
