package io.orrery.sandbox.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What belongs to an object, what differs between two, and what comes of merging one into another. */
final class Fields {
    private Fields() {}

    /** The differences from one object to another, as places. */
    record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
        static final Comparison SAME = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

        FieldSet changed() {
            return added.union(modified);
        }

        boolean isSame() {
            return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
        }
    }

    /** All places of a value; items of keyed lists count themselves beside what they hold. */
    static FieldSet of(JsonNode value, Shape shape) {
        if (Elements.isAtomic(value, shape) || value.isEmpty()) {
            return FieldSet.LEAF;
        }
        var below = new TreeMap<String, FieldSet>();
        Elements.children(value, shape).forEach((element, child) -> {
            var set = of(child, Elements.shapeOf(element, shape));
            below.put(element, element.startsWith("f:") ? set : set.union(FieldSet.LEAF));
        });
        return FieldSet.of(false, below);
    }

    static Comparison compare(JsonNode before, JsonNode after, Shape shape) {
        if (before.equals(after)) {
            return Comparison.SAME;
        }
        if (before.isObject() != after.isObject()
                || before.isArray() != after.isArray()
                || Elements.isAtomic(before, shape)
                || Elements.isAtomic(after, shape)) {
            return new Comparison(FieldSet.EMPTY, FieldSet.LEAF, FieldSet.EMPTY);
        }
        var added = new TreeMap<String, FieldSet>();
        var modified = new TreeMap<String, FieldSet>();
        var removed = new TreeMap<String, FieldSet>();
        var was = Elements.children(before, shape);
        var is = Elements.children(after, shape);
        is.forEach((element, child) -> {
            var its = Elements.shapeOf(element, shape);
            if (was.containsKey(element)) {
                var deeper = compare(was.get(element), child, its);
                added.put(element, deeper.added());
                modified.put(element, deeper.modified());
                removed.put(element, deeper.removed());
            } else {
                var set = of(child, its);
                added.put(element, element.startsWith("f:") ? set : set.union(FieldSet.LEAF));
            }
        });
        was.forEach((element, child) -> {
            if (!is.containsKey(element)) {
                removed.put(element, of(child, Elements.shapeOf(element, shape)).union(FieldSet.LEAF));
            }
        });
        return new Comparison(FieldSet.of(false, added), FieldSet.of(false, modified), FieldSet.of(false, removed));
    }

    /** The live value with everything the intent says; new items come after those that are there. */
    static JsonNode merge(JsonNode live, JsonNode intent, Shape shape) {
        if (Json.isAbsent(live)
                || live.isObject() != intent.isObject()
                || live.isArray() != intent.isArray()
                || Elements.isAtomic(intent, shape)) {
            return intent.deepCopy();
        }
        var merged = Elements.children(live, shape);
        Elements.children(intent, shape)
                .forEach((element, child) ->
                        merged.put(element, merge(merged.get(element), child, Elements.shapeOf(element, shape))));
        return rebuilt(live, merged);
    }

    /** The value without the places given; an object or list that becomes empty by it goes too. */
    static JsonNode without(JsonNode value, FieldSet places, Shape shape) {
        if (places.below().isEmpty() || Elements.isAtomic(value, shape)) {
            return value;
        }
        var left = Elements.children(value, shape);
        places.below().forEach((element, set) -> {
            var child = left.get(element);
            if (child == null) {
                return;
            }
            var rest = without(child, set, Elements.shapeOf(element, shape));
            var emptied = rest.isContainerNode() && rest.isEmpty() && !child.isEmpty();
            if (emptied
                    || (set.here() && (!rest.isContainerNode() || set.below().isEmpty() || element.startsWith("k:")))) {
                left.remove(element);
            } else {
                left.put(element, rest);
            }
        });
        return rebuilt(value, left);
    }

    private static JsonNode rebuilt(JsonNode like, SequencedMap<String, JsonNode> children) {
        if (like instanceof ArrayNode array) {
            var items = array.arrayNode();
            children.values().forEach(items::add);
            return items;
        }
        ObjectNode object = Json.object();
        children.forEach((element, child) -> object.set(element.substring(2), child));
        return object;
    }
}
