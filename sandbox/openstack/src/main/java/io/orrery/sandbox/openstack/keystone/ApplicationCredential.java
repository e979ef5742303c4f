package io.orrery.sandbox.openstack.keystone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A credential made by a user for a program.
 *
 * @param unrestricted whether a token made with it may make and delete further credentials
 */
record ApplicationCredential(
        String id,
        String name,
        String secret,
        String description,
        Account account,
        List<String> roles,
        Optional<Instant> expires,
        boolean unrestricted) {

    ApplicationCredential {
        roles = List.copyOf(roles);
    }

    ObjectNode view(String base) {
        var roleViews = roles.stream()
                .map(role -> Directory.role(role)
                        .putNull("domain_id")
                        .putNull("description")
                        .set("options", Json.object("immutable", true)))
                .toList();
        return Json.object(
                "id",
                id,
                "name",
                name,
                "description",
                description.isEmpty() ? null : description,
                "user_id",
                Directory.userId(account),
                "project_id",
                Directory.projectId(account),
                "system",
                null,
                "expires_at",
                expires.map(Credentials::time).orElse(null),
                "unrestricted",
                unrestricted,
                "roles",
                Json.array(roleViews),
                "links",
                Map.of("self", base + "/v3/application_credentials/" + id));
    }
}
