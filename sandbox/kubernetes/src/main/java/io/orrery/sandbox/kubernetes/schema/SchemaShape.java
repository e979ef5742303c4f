package io.orrery.sandbox.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orrery.sandbox.kubernetes.apply.BuiltInShape;
import io.orrery.sandbox.kubernetes.apply.ListKind;
import io.orrery.sandbox.kubernetes.apply.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** How a custom resource merges, by the x-kubernetes-list-type, -list-map-keys and -map-type of its schema. */
record SchemaShape(JsonNode schema) implements Shape {
    /** The root, where metadata merges as that of built-in kinds does. */
    record Root(SchemaShape body) implements Shape {
        @Override
        public Shape field(String name) {
            return name.equals("metadata") ? BuiltInShape.ROOT.field(name) : body.field(name);
        }

        @Override
        public Shape item() {
            return body.item();
        }

        @Override
        public ListKind list() {
            return ListKind.ATOMIC;
        }

        @Override
        public boolean isAtomicMap() {
            return false;
        }
    }

    @Override
    public Shape field(String name) {
        var property = schema.path("properties").get(name);
        if (property != null) {
            return new SchemaShape(property);
        }
        var additional = schema.path("additionalProperties");
        return new SchemaShape(additional.isObject() ? additional : MissingNode.getInstance());
    }

    @Override
    public Shape item() {
        return new SchemaShape(schema.path("items"));
    }

    @Override
    public ListKind list() {
        return switch (schema.path("x-kubernetes-list-type").asText("atomic")) {
            case "set" -> ListKind.SET;
            case "map" -> byKeys();
            default -> ListKind.ATOMIC;
        };
    }

    private ListKind byKeys() {
        List<String> keys = new ArrayList<>();
        var defaults = new HashMap<String, String>();
        for (var key : schema.path("x-kubernetes-list-map-keys")) {
            keys.add(key.asText());
            var value =
                    schema.path("items").path("properties").path(key.asText()).get("default");
            if (value != null) {
                defaults.put(key.asText(), value.asText());
            }
        }
        return new ListKind.ByKeys(keys, defaults);
    }

    @Override
    public boolean isAtomicMap() {
        return schema.path("x-kubernetes-map-type").asText().equals("atomic");
    }
}
