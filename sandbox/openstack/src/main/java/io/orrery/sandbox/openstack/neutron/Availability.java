package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Cidr;
import io.orrery.sandbox.openstack.model.Json;

/** How many addresses the networks have, and how many are taken: the administrator's to know. */
final class Availability {
    private static final String PATH = "/v2.0/network-ip-availabilities";

    private final Topology topology;

    Availability(Topology topology) {
        this.topology = topology;
    }

    void routes(Routes routes) {
        routes.on("GET", PATH, this::list).on("GET", PATH + "/{id}", this::show);
    }

    /** Members see an empty list, and nothing by id. */
    private Answer list(Request request) {
        var asked = request.query().first("network_id");
        var seen = topology.networks.all().stream()
                .filter(network -> request.caller().admin())
                .filter(network -> asked.isEmpty() || asked.get().equals(Topology.id(network)))
                .map(this::view)
                .collect(Json.toArray());
        return Answer.ok(Json.object("network_ip_availabilities", seen));
    }

    private Answer show(Request request) {
        if (!request.caller().admin()) {
            throw new Refusal(404, "HTTPNotFound", "The resource could not be found.");
        }
        return Answer.ok(Json.object("network_ip_availability", view(topology.network(request.variable("id")))));
    }

    private ObjectNode view(ObjectNode network) {
        var subnets = topology.subnetsOf(Topology.id(network)).stream()
                .map(this::subnet)
                .toList();
        return Json.object(
                "network_id", Topology.id(network),
                "network_name", Json.text(network, "name"),
                "project_id", Json.text(network, "project_id"),
                "tenant_id", Json.text(network, "tenant_id"),
                "subnet_ip_availability", Json.array(subnets),
                "used_ips", sum(subnets, "used_ips"),
                "total_ips", sum(subnets, "total_ips"));
    }

    private ObjectNode subnet(ObjectNode subnet) {
        var used = topology.portsOn(Json.text(subnet, "network_id")).stream()
                .filter(port -> Topology.subnetIds(port).contains(Topology.id(subnet)))
                .count();
        return Json.object(
                "subnet_id", Topology.id(subnet),
                "subnet_name", Json.text(subnet, "name"),
                "cidr", Json.text(subnet, "cidr"),
                "ip_version", 4,
                "used_ips", used,
                "total_ips", total(subnet.path("allocation_pools")));
    }

    private static long total(JsonNode pools) {
        long total = 0;
        for (var pool : pools) {
            total += number(pool, "end") - number(pool, "start") + 1;
        }
        return total;
    }

    private static long number(JsonNode pool, String end) {
        return Cidr.address(Json.text(pool, end)).orElseThrow();
    }

    private static long sum(Iterable<ObjectNode> subnets, String field) {
        long sum = 0;
        for (var subnet : subnets) {
            sum += subnet.path(field).asLong();
        }
        return sum;
    }
}
