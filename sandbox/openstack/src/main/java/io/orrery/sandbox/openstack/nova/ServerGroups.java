package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Server groups; the soft policies are there since 2.15, the single policy with rules since 2.64. */
final class ServerGroups {
    private static final List<String> HARD = List.of("anti-affinity", "affinity");
    private static final List<String> ALL = List.of("anti-affinity", "affinity", "soft-anti-affinity", "soft-affinity");

    private final Map<String, Integer> limits;
    private final Shelf<ServerGroup> shelf;
    private final Shelf<Server> servers;

    ServerGroups(World world, Map<String, Integer> limits, Shelf<Server> servers) {
        this.limits = limits;
        this.shelf = world.shelf("server-group", ServerGroup::name);
        this.servers = servers;
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.1/os-server-groups", this::list)
                .on("POST", "/v2.1/os-server-groups", this::create)
                .on("GET", "/v2.1/os-server-groups/{id}", request -> show(request, find(request)))
                .on("DELETE", "/v2.1/os-server-groups/{id}", request -> {
                    shelf.remove(find(request).id());
                    return Answer.empty(204);
                });
    }

    Optional<ServerGroup> find(Caller caller, String id) {
        return shelf.find(id).filter(group -> caller.owns(group.project()));
    }

    List<Server> members(ServerGroup group) {
        return servers.all().stream()
                .filter(server -> server.group().filter(group.id()::equals).isPresent())
                .toList();
    }

    int count(String project) {
        return (int) shelf.all().stream()
                .filter(group -> group.project().equals(project))
                .count();
    }

    private ServerGroup find(Request request) {
        var id = request.variable("id");
        return find(request.caller(), id)
                .orElseThrow(() -> new Refusal(404, "Instance group " + id + " could not be found."));
    }

    private Answer list(Request request) {
        var mine = shelf.all().stream()
                .filter(group -> request.caller().owns(group.project()))
                .map(group -> group.view(memberIds(group), Nova.version(request)))
                .collect(Json.toArray());
        return Answer.ok(Json.object("server_groups", mine));
    }

    private Answer show(Request request, ServerGroup group) {
        return Answer.ok(Json.object("server_group", group.view(memberIds(group), Nova.version(request))));
    }

    private List<String> memberIds(ServerGroup group) {
        return members(group).stream().map(Server::id).toList();
    }

    private Answer create(Request request) {
        var wish = request.json().path("server_group");
        var version = Nova.version(request);
        var policy = version.since(64) ? single(wish) : first(wish, version.since(15) ? ALL : HARD);
        var rules = wish.path("rules");
        if (Json.has(rules, "max_server_per_host") && !policy.equals("anti-affinity")) {
            throw new Refusal(400, "Only anti-affinity policy supports rules.");
        }
        if (Json.text(wish, "name").isEmpty()) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute server_group. Value: %s. 'name' is a required property"
                            .formatted(wish));
        }
        int limit = limits.getOrDefault("server_groups", -1);
        if (limit >= 0 && count(request.caller().projectId()) >= limit) {
            throw new Refusal(403, "Quota exceeded, too many server groups.");
        }
        var group = new ServerGroup(
                World.uuid(),
                Json.text(wish, "name"),
                policy,
                rules.path("max_server_per_host").asInt(1),
                request.caller().projectId(),
                request.caller().userId());
        shelf.add(group.id(), group);
        return show(request, group);
    }

    private static String single(JsonNode wish) {
        if (!Json.has(wish, "policy")) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute server_group. Value: %s. 'policy' is a required property"
                            .formatted(wish));
        }
        return oneOf(Json.text(wish, "policy"), "policy", ALL);
    }

    private static String first(JsonNode wish, List<String> allowed) {
        if (!wish.path("policies").isArray() || wish.path("policies").isEmpty()) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute server_group. Value: %s. 'policies' is a required property"
                            .formatted(wish));
        }
        return oneOf(wish.path("policies").path(0).asText(), "0", allowed);
    }

    private static String oneOf(String policy, String field, List<String> allowed) {
        if (!allowed.contains(policy)) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute %s. Value: %s. '%s' is not one of [%s]"
                            .formatted(
                                    field,
                                    policy,
                                    policy,
                                    allowed.stream()
                                            .map(name -> "'" + name + "'")
                                            .collect(Collectors.joining(", "))));
        }
        return policy;
    }
}
