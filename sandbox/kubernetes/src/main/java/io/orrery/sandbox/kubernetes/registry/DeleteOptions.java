package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.Map;
import java.util.Optional;

/**
 * How a deletion is meant.
 *
 * @param gracePeriodSeconds empty for the kind's own default
 * @param uid precondition; empty for none
 * @param resourceVersion precondition; empty for none
 */
public record DeleteOptions(
        Propagation propagation,
        Optional<Long> gracePeriodSeconds,
        String uid,
        String resourceVersion,
        boolean dryRun) {
    /** What happens to what the object owns. */
    public enum Propagation {
        DEFAULT,
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    /** For deletions by the server itself; pods get the time they ask for. */
    public static final DeleteOptions IN_BACKGROUND =
            new DeleteOptions(Propagation.BACKGROUND, Optional.empty(), "", "", false);

    public DeleteOptions by(Propagation other) {
        return new DeleteOptions(other, gracePeriodSeconds, uid, resourceVersion, dryRun);
    }

    /** From the body and the query; upstream takes the body if there is one. */
    public static DeleteOptions of(JsonNode body, Map<String, String> query) {
        var policy = body.path("propagationPolicy").asText(query.getOrDefault("propagationPolicy", ""));
        var orphan = body.path("orphanDependents").asText(query.getOrDefault("orphanDependents", ""));
        if (!policy.isEmpty() && !orphan.isEmpty()) {
            throw ApiError.badRequest("orphanDependents and deletionPropagation cannot be both set");
        }
        var grace = Json.isAbsent(body.get("gracePeriodSeconds"))
                ? Optional.ofNullable(query.get("gracePeriodSeconds")).map(DeleteOptions::seconds)
                : Optional.of(body.get("gracePeriodSeconds").asLong());
        var conditions = body.path("preconditions");
        var dryRun = (body.path("dryRun").isArray() && !body.path("dryRun").isEmpty())
                || query.getOrDefault("dryRun", "").equals("All");
        return new DeleteOptions(
                propagation(policy, orphan),
                grace,
                conditions.path("uid").asText(""),
                conditions.path("resourceVersion").asText(""),
                dryRun);
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("gracePeriodSeconds must be a number, got \"" + text + "\"");
        }
    }

    private static Propagation propagation(String policy, String orphan) {
        return switch (policy) {
            case "" ->
                switch (orphan) {
                    case "true" -> Propagation.ORPHAN;
                    case "false" -> Propagation.BACKGROUND;
                    default -> Propagation.DEFAULT;
                };
            case "Background" -> Propagation.BACKGROUND;
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default ->
                throw ApiError.badRequest(
                        "invalid propagationPolicy \"" + policy + "\": must be one of Foreground, Background, Orphan");
        };
    }
}
