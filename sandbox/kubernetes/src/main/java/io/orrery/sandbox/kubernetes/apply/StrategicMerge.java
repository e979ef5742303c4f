package io.orrery.sandbox.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Strategic merge patches with their directives: {@code $patch} (replace, delete, merge), {@code $retainKeys},
 * {@code $setElementOrder/…} and {@code $deleteFromPrimitiveList/…} (apimachinery: strategicpatch/patch.go).
 */
public final class StrategicMerge {
    private static final String PATCH = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE = "$deleteFromPrimitiveList/";

    private StrategicMerge() {}

    public static JsonNode apply(ObjectNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw ApiError.badRequest("a strategic merge patch must be an object");
        }
        return merge(target, changes, new BuiltInShape(""));
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch, BuiltInShape shape) {
        var directive = patch.path(PATCH).asText("merge");
        if (directive.equals("replace")) {
            return patch.deepCopy().without(List.of(PATCH));
        }
        if (directive.equals("delete")) {
            return Json.object();
        }
        var result = target.deepCopy();
        retain(result, patch);
        patch.properties().forEach(change -> mergeField(result, change.getKey(), change.getValue(), shape));
        patch.properties().forEach(change -> reorder(result, change.getKey(), change.getValue(), shape));
        return result;
    }

    private static void mergeField(ObjectNode result, String name, JsonNode change, BuiltInShape shape) {
        if (name.startsWith(DELETE)) {
            removeValues(result.get(name.substring(DELETE.length())), change);
        } else if (name.startsWith("$")) {
            return;
        } else if (change.isNull()) {
            result.remove(name);
        } else {
            result.set(name, merged(result.get(name), change, (BuiltInShape) shape.field(name)));
        }
    }

    private static JsonNode merged(JsonNode before, JsonNode change, BuiltInShape shape) {
        if (change instanceof ObjectNode object) {
            return merge(before instanceof ObjectNode target ? target : Json.object(), object, shape);
        }
        if (change instanceof ArrayNode items) {
            return mergeList(before instanceof ArrayNode target ? target : items.arrayNode(), items, shape);
        }
        return change;
    }

    private static ArrayNode mergeList(ArrayNode target, ArrayNode patch, BuiltInShape shape) {
        if (shape.list() instanceof ListKind.Set) {
            var union = target.deepCopy();
            var known = new HashSet<JsonNode>();
            target.forEach(known::add);
            patch.forEach(item -> {
                if (known.add(item)) {
                    union.add(item);
                }
            });
            return union;
        }
        return shape.patchKey()
                .map(key -> mergeByKey(target, patch, key, shape))
                .orElseGet(() -> plain(patch));
    }

    /** A list that is replaced; nothing in it is a directive any more. */
    private static ArrayNode plain(ArrayNode patch) {
        return patch.deepCopy();
    }

    private static ArrayNode mergeByKey(ArrayNode target, ArrayNode patch, String key, BuiltInShape shape) {
        var result = new ArrayList<JsonNode>();
        var replaces = anyReplaces(patch);
        if (!replaces) {
            target.forEach(result::add);
        }
        for (var item : patch) {
            if (!(item instanceof ObjectNode change)) {
                throw ApiError.badRequest("items of " + shape.path() + " must be objects");
            }
            var directive = change.path(PATCH).asText("merge");
            if (directive.equals("delete")) {
                result.removeIf(existing -> existing.path(key).equals(change.path(key)));
            } else if (change.has(key)) {
                mergeItem(result, change, key, shape);
            } else if (!directive.equals("replace")) {
                throw ApiError.badRequest("map: " + change + " does not contain declared merge key: " + key);
            }
        }
        var array = patch.arrayNode();
        result.forEach(array::add);
        return array;
    }

    private static void mergeItem(List<JsonNode> result, ObjectNode change, String key, BuiltInShape shape) {
        var index = indexOf(result, key, change.path(key));
        if (index.isPresent() && result.get(index.get()) instanceof ObjectNode existing) {
            result.set(index.get(), merge(existing, change, (BuiltInShape) shape.item()));
        } else {
            result.add(merge(Json.object(), change, (BuiltInShape) shape.item()));
        }
    }

    private static boolean anyReplaces(ArrayNode patch) {
        for (var item : patch) {
            if (item.path(PATCH).asText().equals("replace") && item.size() == 1) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Integer> indexOf(List<JsonNode> items, String key, JsonNode value) {
        for (var i = 0; i < items.size(); i++) {
            if (items.get(i).path(key).equals(value)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static void retain(ObjectNode result, ObjectNode patch) {
        if (patch.get(RETAIN) instanceof ArrayNode names) {
            var kept = new HashSet<String>();
            names.forEach(name -> kept.add(name.asText()));
            result.retain(kept);
        }
    }

    private static void removeValues(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode array) {
            var gone = new HashSet<JsonNode>();
            values.forEach(gone::add);
            for (var i = array.size() - 1; i >= 0; i--) {
                if (gone.contains(array.get(i))) {
                    array.remove(i);
                }
            }
        }
    }

    /** Items that the order names come in that order; the others keep their places after those before them. */
    private static void reorder(ObjectNode result, String directive, JsonNode order, BuiltInShape shape) {
        if (!directive.startsWith(ORDER)) {
            return;
        }
        var name = directive.substring(ORDER.length());
        if (result.get(name) instanceof ArrayNode list) {
            var key = ((BuiltInShape) shape.field(name)).patchKey();
            var left = new ArrayList<JsonNode>();
            list.forEach(left::add);
            var sorted = list.arrayNode();
            for (var wanted : order) {
                left.stream()
                        .filter(item -> isSame(item, wanted, key))
                        .findFirst()
                        .ifPresent(item -> {
                            left.remove(item);
                            sorted.add(item);
                        });
            }
            left.forEach(sorted::add);
            result.set(name, sorted);
        }
    }

    private static boolean isSame(JsonNode item, JsonNode wanted, Optional<String> key) {
        return key.map(name -> item.path(name).equals(wanted.path(name))).orElseGet(() -> item.equals(wanted));
    }
}
