package io.orrery.sandbox.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Names the children of a node as FieldsV1 does; the same element in two trees is the same child. */
final class Elements {
    private Elements() {}

    static boolean isAtomic(JsonNode node, Shape shape) {
        return node.isArray() ? shape.list() instanceof ListKind.Atomic : !node.isObject() || shape.isAtomicMap();
    }

    /** In their order; of items with the same key the last one counts. */
    static SequencedMap<String, JsonNode> children(JsonNode node, Shape shape) {
        var children = new LinkedHashMap<String, JsonNode>();
        if (node.isArray()) {
            node.forEach(item -> children.put(ofItem(item, shape.list()), item));
        } else {
            node.properties().forEach(field -> children.put("f:" + field.getKey(), field.getValue()));
        }
        return children;
    }

    static Shape shapeOf(String element, Shape parent) {
        return element.startsWith("f:") ? parent.field(element.substring(2)) : parent.item();
    }

    private static String ofItem(JsonNode item, ListKind kind) {
        return switch (kind) {
            case ListKind.ByKeys keys -> "k:" + text(keyOf(item, keys));
            case ListKind.Set set -> "v:" + text(item);
            case ListKind.Atomic atomic -> throw new IllegalArgumentException("items of an atomic list have no names");
        };
    }

    private static ObjectNode keyOf(JsonNode item, ListKind.ByKeys keys) {
        var key = Json.object();
        for (var name : keys.keys()) {
            var value = item.get(name);
            if (Json.isAbsent(value)) {
                key.put(name, keys.defaults().get(name));
            } else {
                key.set(name, value);
            }
        }
        return key;
    }

    private static String text(JsonNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }

    /** A place as people read it: {@code .spec.containers[name="a"].image}. */
    static String readable(Iterable<String> place) {
        var text = new StringBuilder();
        for (var element : place) {
            var value = element.substring(2);
            switch (element.charAt(0)) {
                case 'f' -> text.append('.').append(value);
                case 'k' -> text.append('[').append(keys(value)).append(']');
                default -> text.append("[=").append(value).append(']');
            }
        }
        return text.toString();
    }

    private static String keys(String json) {
        var parts = new StringBuilder();
        for (Map.Entry<String, JsonNode> key :
                Json.parse(json.getBytes(StandardCharsets.UTF_8)).properties()) {
            parts.append(parts.isEmpty() ? "" : ",")
                    .append(key.getKey())
                    .append('=')
                    .append(key.getValue());
        }
        return parts.toString();
    }
}
