package io.orrery.sandbox.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes what a structural schema doesn't know (apiextensions: pruning/algorithm.go). */
final class Pruning {
    private static final Set<String> OF_OBJECTS = Set.of("apiVersion", "kind", "metadata");

    private final List<String> removed = new ArrayList<>();

    private Pruning() {}

    /** Prunes the object in place; gives the paths of what was removed. */
    static List<String> prune(ObjectNode object, JsonNode schema) {
        var pruning = new Pruning();
        pruning.object(object, schema, "", true);
        return List.copyOf(pruning.removed);
    }

    private void value(JsonNode value, JsonNode schema, String path) {
        if (value instanceof ObjectNode object) {
            object(
                    object,
                    schema,
                    path,
                    schema.path("x-kubernetes-embedded-resource").asBoolean());
        } else if (value.isArray()) {
            for (var i = 0; i < value.size(); i++) {
                value(value.get(i), schema.path("items"), path + "[" + i + "]");
            }
        }
    }

    private void object(ObjectNode object, JsonNode schema, String path, boolean resource) {
        var properties = schema.path("properties");
        var additional = schema.get("additionalProperties");
        var keepsAll = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || (additional != null && additional.isBoolean() && additional.asBoolean());
        var unknown = new ArrayList<String>();
        for (var field : object.properties()) {
            var name = field.getKey();
            var below = path.isEmpty() ? name : path + "." + name;
            if (resource && OF_OBJECTS.contains(name)) {
                continue;
            }
            if (properties.has(name)) {
                value(field.getValue(), properties.get(name), below);
            } else if (additional != null && additional.isObject()) {
                value(field.getValue(), additional, below);
            } else if (!keepsAll) {
                unknown.add(name);
                removed.add(below);
            }
        }
        object.remove(unknown);
    }
}
