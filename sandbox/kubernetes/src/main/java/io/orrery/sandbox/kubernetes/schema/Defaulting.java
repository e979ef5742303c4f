package io.orrery.sandbox.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Sets a schema's defaults where fields are missing; what is defaulted is descended into as well. */
final class Defaulting {
    private Defaulting() {}

    static void apply(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            applyTo(object, schema);
        } else if (value.isArray()) {
            value.forEach(item -> apply(item, schema.path("items")));
        }
    }

    private static void applyTo(ObjectNode object, JsonNode schema) {
        for (var property : schema.path("properties").properties()) {
            var name = property.getKey();
            var its = property.getValue();
            var value = object.get(name);
            var wrongNull =
                    value != null && value.isNull() && !its.path("nullable").asBoolean();
            if ((value == null || wrongNull) && its.has("default")) {
                object.set(name, its.get("default").deepCopy());
            } else if (wrongNull) {
                object.remove(name);
            }
            if (object.has(name)) {
                apply(object.get(name), its);
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            object.properties().stream()
                    .filter(field -> !schema.path("properties").has(field.getKey()))
                    .forEach(field -> apply(field.getValue(), schema.path("additionalProperties")));
        }
    }
}
