package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Map;

/**
 * Servers that belong together, or rather apart.
 *
 * @param perHost how many may be on one host, for the policy anti-affinity
 */
record ServerGroup(String id, String name, String policy, int perHost, String project, String user) {
    ObjectNode view(List<String> members, Microversion version) {
        var view = Json.object("id", id, "name", name);
        if (version.since(64)) {
            view.put("policy", policy);
            view.set("rules", perHost == 1 ? Json.object() : Json.object("max_server_per_host", perHost));
        } else {
            view.set("policies", Json.node(List.of(policy)));
            view.set("metadata", Json.node(Map.of()));
        }
        view.set("members", Json.node(members));
        if (version.since(13)) {
            view.put("project_id", project);
            view.put("user_id", user);
        }
        return view;
    }
}
