package io.orrery.sandbox.openstack.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Users, projects and roles. Ids follow from names, so that they are the same after a restart. */
final class Directory {
    private final Map<String, Account> byUserId = new LinkedHashMap<>();

    Directory(Collection<Account> accounts) {
        accounts.forEach(account -> byUserId.put(userId(account), account));
    }

    static String userId(Account account) {
        return id("user/" + account.user());
    }

    static String projectId(Account account) {
        return id("project/" + account.project());
    }

    static String roleId(String role) {
        return id("role/" + role);
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    Optional<Account> byId(String userId) {
        return Optional.ofNullable(byUserId.get(userId));
    }

    /** The user that an authentication request names by id, or by name and domain. */
    Optional<Account> named(JsonNode user) {
        if (Json.has(user, "id")) {
            return byId(Json.text(user, "id"));
        }
        var name = Json.text(user, "name");
        return isDefault(user.path("domain"))
                ? byUserId.values().stream()
                        .filter(account -> account.user().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether a scope is this account's project. */
    static boolean scopes(JsonNode project, Account account) {
        return Json.has(project, "id")
                ? Json.text(project, "id").equals(projectId(account))
                : Json.text(project, "name").equals(account.project()) && isDefault(project.path("domain"));
    }

    private static boolean isDefault(JsonNode domain) {
        return Json.text(domain, "id").equals("default")
                || Json.text(domain, "name").equals("Default");
    }

    boolean hasProject(String id) {
        return byUserId.values().stream().anyMatch(account -> projectId(account).equals(id));
    }

    List<Account> all() {
        return List.copyOf(byUserId.values());
    }

    static ObjectNode project(Account account, String base) {
        var id = projectId(account);
        return Json.object(
                "id",
                id,
                "name",
                account.project(),
                "domain_id",
                "default",
                "description",
                "",
                "enabled",
                true,
                "parent_id",
                "default",
                "is_domain",
                false,
                "tags",
                List.of(),
                "options",
                Map.of(),
                "links",
                Map.of("self", base + "/v3/projects/" + id));
    }

    static ObjectNode user(Account account, String base) {
        var id = userId(account);
        return Json.object(
                "id",
                id,
                "name",
                account.user(),
                "domain_id",
                "default",
                "enabled",
                true,
                "default_project_id",
                projectId(account),
                "password_expires_at",
                null,
                "options",
                Map.of(),
                "links",
                Map.of("self", base + "/v3/users/" + id));
    }

    static ObjectNode role(String role) {
        return Json.object("id", roleId(role), "name", role);
    }

    static Refusal missing(String what, String id) {
        return new Refusal(404, "Could not find " + what + ": " + id + ".");
    }
}
