package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Served;

/** Checks that a body is of the kind its path says. */
final class Bodies {
    private Bodies() {}

    static ObjectNode ofKind(Served served, ObjectNode body) {
        var type = served.type();
        var version = body.path("apiVersion").asText(type.apiVersion());
        var kind = body.path("kind").asText(type.kind());
        if (!version.equals(type.apiVersion()) || !kind.equals(type.kind())) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + type.kind()
                    + "): it is " + kind + " of " + version + ", the path is for " + type.apiVersion());
        }
        return body;
    }

    static void nameIfMissing(ObjectNode body, String name) {
        Json.putIfAbsent(Json.child(body, "metadata"), "name", name);
    }
}
