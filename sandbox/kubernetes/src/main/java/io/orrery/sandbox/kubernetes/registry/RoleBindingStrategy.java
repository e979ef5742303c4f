package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.List;

/** A binding's role can't be changed; clients delete and create (upstream: pkg/apis/rbac/validation). */
final class RoleBindingStrategy implements Strategy {
    private static final String RBAC = "rbac.authorization.k8s.io";

    @Override
    public void normalize(ObjectNode binding) {
        Json.putIfAbsent(Json.child(binding, "roleRef"), "apiGroup", RBAC);
        for (var subject : binding.path("subjects")) {
            if (subject instanceof ObjectNode node
                    && !node.path("kind").asText().equals("ServiceAccount")) {
                Json.putIfAbsent(node, "apiGroup", RBAC);
            }
        }
    }

    @Override
    public List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        return before.path("roleRef").equals(after.path("roleRef"))
                ? List.of()
                : List.of(Cause.invalid(
                        "roleRef", "Invalid value: " + after.path("roleRef") + ": cannot change roleRef"));
    }
}
