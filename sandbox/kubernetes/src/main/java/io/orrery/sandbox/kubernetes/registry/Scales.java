package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import java.util.List;
import java.util.stream.Collectors;

/** The scale subresource: any workload's replicas under the one form autoscaling/v1 Scale. */
final class Scales {
    private Scales() {}

    static ObjectNode of(Served served, ObjectNode object) {
        var paths = served.scalePaths();
        var scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var metadata = scale.putObject("metadata");
        for (var field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            Json.replace(metadata, field, Metadata.of(object).node().get(field));
        }
        scale.putObject("spec").put("replicas", at(object, paths.specReplicas()).asInt());
        var status = scale.putObject("status")
                .put("replicas", at(object, paths.statusReplicas()).asInt());
        var selector = selector(at(object, paths.labelSelector()));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** The object with the replicas that the scale wishes for; its resourceVersion is a precondition as ever. */
    static ObjectNode into(Served served, ObjectNode object, JsonNode scale) {
        var replicas = scale.path("spec").path("replicas");
        if (!replicas.isInt() || replicas.asInt() < 0) {
            throw ApiError.invalid(
                    served.type(),
                    Metadata.of(object).name(),
                    List.of(ApiError.Cause.invalid(
                            "spec.replicas",
                            "Invalid value: " + replicas + ": must be an integer greater than or equal to 0")));
        }
        var names = names(served.scalePaths().specReplicas());
        var parent = object;
        for (var name : names.subList(0, names.size() - 1)) {
            parent = Json.child(parent, name);
        }
        parent.put(names.getLast(), replicas.asInt());
        Json.replace(
                Metadata.in(object).node(),
                "resourceVersion",
                scale.path("metadata").get("resourceVersion"));
        return object;
    }

    private static String selector(JsonNode selector) {
        if (selector.isTextual()) {
            return selector.asText();
        }
        var labels = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
        return labels.properties().stream()
                .filter(label -> label.getValue().isTextual())
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    private static JsonNode at(JsonNode object, String path) {
        var node = object;
        for (var name : names(path)) {
            node = node.path(name);
        }
        return node;
    }

    private static List<String> names(String path) {
        return List.of(path.replaceFirst("^\\.", "").split("\\.", -1));
    }
}
