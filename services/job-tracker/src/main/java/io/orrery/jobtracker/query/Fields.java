package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
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

    /** Whether the path ends at one of these top-level fields, or somewhere below. */
    static boolean leadsInto(Set<String> fields, String path) {
        var dot = path.indexOf('.');
        return fields.contains(path) || (dot > 0 && fields.contains(path.substring(0, dot)));
    }

    private static Stream<JsonNode> flat(JsonNode value) {
        return value.isArray() ? value.valueStream().flatMap(Fields::flat) : Stream.of(value);
    }
}
