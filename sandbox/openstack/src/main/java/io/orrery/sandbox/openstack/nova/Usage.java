package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nova's quotas: limits, quota sets, and the refusal of what goes over them. */
final class Usage {
    private static final List<String> BEFORE_57 = List.of(
            "fixed_ips",
            "floating_ips",
            "injected_file_content_bytes",
            "injected_file_path_bytes",
            "injected_files",
            "security_group_rules",
            "security_groups");

    private final Map<String, Integer> limits;
    private final Shelf<Server> servers;
    private final ServerGroups groups;

    Usage(Map<String, Integer> limits, Shelf<Server> servers, ServerGroups groups) {
        this.limits = limits;
        this.servers = servers;
        this.groups = groups;
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.1/limits", this::limits)
                .on("GET", "/v2.1/os-quota-sets/{project}", request -> quotaSet(request, false))
                .on("GET", "/v2.1/os-quota-sets/{project}/defaults", request -> quotaSet(request, false))
                .on("GET", "/v2.1/os-quota-sets/{project}/detail", request -> quotaSet(request, true))
                .on("PUT", "/v2.1/os-quota-sets/{project}", this::change);
    }

    /** One set of limits serves all projects, so this changes it for all. */
    private Answer change(Request request) {
        Nova.adminOnly(request, "os_compute_api:os-quota-sets:update");
        var wish = request.json().path("quota_set");
        wish.properties().stream()
                .filter(quota -> !limits.containsKey(quota.getKey()))
                .findFirst()
                .ifPresent(unknown -> {
                    throw ServerForm.bad(
                            "Invalid input for field/attribute quota_set. Value: %s. Additional properties are not allowed ('%s' was unexpected)"
                                    .formatted(wish, unknown.getKey()));
                });
        wish.properties()
                .forEach(quota -> limits.put(quota.getKey(), quota.getValue().asInt()));
        return quotaSet(request, false);
    }

    private int limit(String name) {
        return limits.getOrDefault(name, -1);
    }

    private Map<String, Integer> used(String project) {
        var mine = servers.all().stream()
                .filter(server -> server.project().equals(project))
                .toList();
        return new TreeMap<>(Map.of(
                "instances", mine.size(),
                "cores",
                        mine.stream()
                                .mapToInt(server -> server.flavor().vcpus())
                                .sum(),
                "ram", mine.stream().mapToInt(server -> server.flavor().ram()).sum()));
    }

    /** How many of the servers asked for there is room for; refused when there is none for the least. */
    int admit(ServerWish wish, int least, int most) {
        for (int count = most; count >= least; count--) {
            if (exceeded(wish.caller().projectId(), requested(wish, count)).isEmpty()) {
                return count;
            }
        }
        throw refusal(wish.caller().projectId(), requested(wish, most));
    }

    /** Refused where there is no room for what a server takes more with another flavor. */
    void admitGrowth(Server server, Flavor to) {
        var more = new TreeMap<>(Map.of(
                "cores", to.vcpus() - server.flavor().vcpus(),
                "ram", to.ram() - server.flavor().ram()));
        if (!exceeded(server.project(), more).isEmpty()) {
            throw refusal(server.project(), more);
        }
    }

    private Refusal refusal(String project, Map<String, Integer> requested) {
        var over = exceeded(project, requested);
        var used = used(project);
        return new Refusal(
                403,
                "Quota exceeded for %s: Requested %s, but already used %s of %s %s"
                        .formatted(
                                String.join(", ", over),
                                join(over, requested),
                                join(over, used),
                                join(over, limits),
                                String.join(", ", over)));
    }

    private static String join(List<String> names, Map<String, Integer> values) {
        return String.join(
                ", ", names.stream().map(name -> values.get(name).toString()).toList());
    }

    private static Map<String, Integer> requested(ServerWish wish, int count) {
        return new TreeMap<>(Map.of(
                "instances", count,
                "cores", count * wish.flavor().vcpus(),
                "ram", count * wish.flavor().ram()));
    }

    private List<String> exceeded(String project, Map<String, Integer> requested) {
        var used = used(project);
        var over = new ArrayList<String>();
        requested.forEach((name, more) -> {
            if (more > 0 && limit(name) >= 0 && used.get(name) + more > limit(name)) {
                over.add(name);
            }
        });
        return over;
    }

    private Answer limits(Request request) {
        var project = request.query()
                .first("tenant_id")
                .filter(unused -> request.caller().admin())
                .orElse(request.caller().projectId());
        var used = used(project);
        var absolute = Json.object(
                "maxTotalInstances", limit("instances"),
                "maxTotalCores", limit("cores"),
                "maxTotalRAMSize", limit("ram"),
                "maxServerMeta", limit("metadata_items"),
                "maxTotalKeypairs", limit("key_pairs"),
                "maxServerGroups", limit("server_groups"),
                "maxServerGroupMembers", limit("server_group_members"),
                "totalRAMUsed", used.get("ram"),
                "totalCoresUsed", used.get("cores"),
                "totalInstancesUsed", used.get("instances"),
                "totalServerGroupsUsed", groups.count(project));
        if (!Nova.version(request).since(36)) {
            absolute.setAll(Json.object(
                    "maxTotalFloatingIps", -1,
                    "maxSecurityGroups", -1,
                    "maxSecurityGroupRules", -1,
                    "totalFloatingIpsUsed", 0,
                    "totalSecurityGroupsUsed", 0));
        }
        if (!Nova.version(request).since(57)) {
            absolute.setAll(Json.object("maxImageMeta", 128, "maxPersonality", 5, "maxPersonalitySize", 10240));
        }
        return Answer.ok(Json.object("limits", Json.object("rate", List.of(), "absolute", absolute)));
    }

    private Answer quotaSet(Request request, boolean detail) {
        var project = request.variable("project");
        if (!request.caller().owns(project)) {
            throw Nova.policy("os_compute_api:os-quota-sets:show");
        }
        Map<String, Integer> all = new LinkedHashMap<>(new TreeMap<>(limits));
        if (!Nova.version(request).since(57)) {
            BEFORE_57.forEach(name -> all.put(name, -1));
        }
        var used = used(project);
        used.put("server_groups", groups.count(project));
        var set = Json.object("id", project);
        all.forEach(
                (name, limit) -> set.set(name, detail ? detail(limit, used.getOrDefault(name, 0)) : Json.node(limit)));
        return Answer.ok(Json.object("quota_set", set));
    }

    private static ObjectNode detail(int limit, int used) {
        return Json.object("limit", limit, "in_use", used, "reserved", 0);
    }
}
