package io.orrery.jobtracker.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import java.util.List;
import java.util.Optional;

/** What a job has left behind, as fields of its document. */
final class Outcome {

    private static final List<String> RESULTS = List.of("assets", "items");

    private Outcome() {}

    /** A job writes an early version before it has any results; one with results was written at the end. */
    static boolean isOfTheEnd(ObjectNode metadata) {
        return RESULTS.stream().anyMatch(field -> !metadata.path(field).isEmpty());
    }

    /** Usage without what is zero or missing; the metadata itself only for jobs that do not say where it is kept. */
    static ObjectNode fields(Job job, Optional<ObjectNode> metadata) {
        var fields = job.document().objectNode();
        metadata.ifPresent(it -> {
            var usage = usage(it.path("usage"), fields.objectNode());
            if (!usage.isEmpty()) {
                fields.set("usage", usage);
            }
            var pixels = usage.path("input_pixel").path("value");
            if (pixels.isNumber()) {
                fields.set("input_pixel", pixels);
            }
            if (job.text("results_metadata_uri").isEmpty()) {
                fields.set("results_metadata", it);
            }
        });
        return fields;
    }

    private static ObjectNode usage(JsonNode from, ObjectNode usage) {
        from.properties().stream()
                .filter(entry -> isWorthTelling(entry.getValue()))
                .forEach(entry -> usage.set(entry.getKey(), entry.getValue()));
        return usage;
    }

    private static boolean isWorthTelling(JsonNode entry) {
        var value = entry.isObject() ? entry.path("value") : entry;
        return value.isTextual() || (value.isNumber() && value.decimalValue().signum() != 0);
    }
}
