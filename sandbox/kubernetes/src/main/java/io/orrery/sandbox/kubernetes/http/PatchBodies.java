package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Patch;
import io.orrery.sandbox.kubernetes.registry.Served;

/** Reads a patch by its content type. */
final class PatchBodies {
    private static final String KNOWN = "application/json-patch+json, application/merge-patch+json, "
            + "application/strategic-merge-patch+json, application/apply-patch+yaml";

    private PatchBodies() {}

    static Patch read(Exchange exchange, Served served) {
        return switch (exchange.contentType()) {
            case "application/json-patch+json" ->
                new Patch.JsonPatch(Json.parse(exchange.body().getBytes()));
            case "application/merge-patch+json" ->
                new Patch.Merge(Json.parse(exchange.body().getBytes()));
            case "application/strategic-merge-patch+json" -> strategic(exchange, served);
            case "application/apply-patch+yaml", "application/apply-patch+json" -> apply(exchange);
            default -> throw ApiError.unsupportedMediaType(KNOWN);
        };
    }

    /** A Scale is a built-in kind whatever it scales. */
    static Patch readForScale(Exchange exchange) {
        return switch (exchange.contentType()) {
            case "application/json-patch+json" ->
                new Patch.JsonPatch(Json.parse(exchange.body().getBytes()));
            case "application/merge-patch+json" ->
                new Patch.Merge(Json.parse(exchange.body().getBytes()));
            case "application/strategic-merge-patch+json" ->
                new Patch.StrategicMerge(Json.parse(exchange.body().getBytes()));
            default ->
                throw ApiError.unsupportedMediaType("application/json-patch+json, application/merge-patch+json, "
                        + "application/strategic-merge-patch+json");
        };
    }

    /** Custom resources have no strategic merge, upstream answers 415. */
    private static Patch strategic(Exchange exchange, Served served) {
        if (served.custom().isPresent()) {
            throw ApiError.unsupportedMediaType(
                    "application/json-patch+json, application/merge-patch+json, " + "application/apply-patch+yaml");
        }
        return new Patch.StrategicMerge(Json.parse(exchange.body().getBytes()));
    }

    private static Patch apply(Exchange exchange) {
        if (exchange.query().getOrDefault("fieldManager", "").isEmpty()) {
            throw ApiError.badRequest(
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
                            + " apply patch");
        }
        var force = exchange.query().getOrDefault("force", "false").equals("true");
        return new Patch.Apply(Json.parseYaml(exchange.body().getBytes()), force);
    }
}
