package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a dotted path leads to. Arrays are looked through: each element counts as a value of the path. */
final class Fields {

    private Fields() {}

    static Stream<JsonNode> valuesAt(JsonNode node, String path) {
        if (node.isArray()) {
            return node.valueStream().flatMap(element -> valuesAt(element, path));
        }
        var direct = node.get(path);
        if (direct != null) {
            return flat(direct);
        }
        var dot = path.indexOf('.');
        var child = dot < 0 ? null : node.get(path.substring(0, dot));
        return child == null ? Stream.empty() : valuesAt(child, path.substring(dot + 1));
    }

    /** The top-level field that the path ends at, or the one that it leads into. */
    static Set<String> leadingTo(String path) {
        var dot = path.indexOf('.');
        return dot > 0 ? Set.of(path, path.substring(0, dot)) : Set.of(path);
    }

    static Set<String> of(List<Query> parts) {
        return parts.stream().flatMap(part -> part.fields().stream()).collect(Collectors.toSet());
    }

    private static Stream<JsonNode> flat(JsonNode value) {
        return value.isArray() ? value.valueStream().flatMap(Fields::flat) : Stream.of(value);
    }
}
