package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import java.util.HashMap;
import java.util.Map;

/** Quotas of the network service. */
final class Limits {
    private final Map<String, Integer> limits;
    private final Map<String, Shelf<ObjectNode>> shelves = new HashMap<>();

    Limits(Map<String, Integer> limits) {
        this.limits = limits;
    }

    void counts(String kind, Shelf<ObjectNode> shelf) {
        shelves.put(kind, shelf);
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.0/quotas/{project}", request -> show(request, false))
                .on("GET", "/v2.0/quotas/{project}/details", request -> show(request, true))
                .on("GET", "/v2.0/quotas/{project}/details.json", request -> show(request, true))
                .on("GET", "/v2.0/quotas/{project}/default", request -> show(request, false))
                .on("GET", "/v2.0/quotas", request -> {
                    throw forbidden("get_quota");
                })
                .on("PUT", "/v2.0/quotas/{project}", this::change)
                .on("DELETE", "/v2.0/quotas/{project}", request -> {
                    throw forbidden("delete_quota");
                });
    }

    /** Refuses what would go over the limit. */
    void check(String kind, String project, int more) {
        int limit = limits.getOrDefault(kind, -1);
        if (limit >= 0 && used(kind, project) + more > limit) {
            throw new Refusal(409, "OverQuota", "Quota exceeded for resources: ['" + kind + "'].");
        }
    }

    private long used(String kind, String project) {
        var shelf = shelves.get(kind);
        return shelf == null
                ? 0
                : shelf.all().stream()
                        .filter(resource -> Json.text(resource, "project_id").equals(project))
                        .count();
    }

    private Answer show(Request request, boolean detailed) {
        var project = request.variable("project");
        if (!request.caller().owns(project)) {
            throw forbidden("get_quota");
        }
        var quota = Json.object();
        limits.forEach((kind, limit) -> quota.set(
                kind,
                detailed ? Json.object("limit", limit, "used", used(kind, project), "reserved", 0) : Json.node(limit)));
        return Answer.ok(Json.object("quota", quota));
    }

    /** One set of limits serves all projects, so this changes it for all. */
    private Answer change(Request request) {
        if (!request.caller().admin()) {
            throw forbidden("update_quota");
        }
        request.json()
                .path("quota")
                .properties()
                .forEach(limit -> limits.put(limit.getKey(), limit.getValue().asInt()));
        return show(request, false);
    }

    private static Refusal forbidden(String rule) {
        return new Refusal(403, "PolicyNotAuthorized", "rule:" + rule + " is disallowed by policy");
    }
}
