package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which fields are shown: names, dotted paths, and patterns with {@code *}, in any order. What is not there is left
 * out; null stays null.
 */
public record Projection(List<String> patterns) {

    private static final int MOST = 256;
    private static final Projection EVERYTHING = new Projection(List.of("*"));

    public Projection {
        patterns = List.copyOf(patterns);
    }

    static Projection of(JsonNode source) {
        if (source.isMissingNode()) {
            return EVERYTHING;
        }
        if (source.isTextual()) {
            return new Projection(List.of(source.textValue()));
        }
        if (!source.isArray() || !source.valueStream().allMatch(JsonNode::isTextual) || source.size() > MOST) {
            throw new QueryException("_source must be an array of at most " + MOST + " names");
        }
        return new Projection(
                source.valueStream().map(JsonNode::textValue).distinct().toList());
    }

    public ObjectNode of(ObjectNode document) {
        return patterns.contains("*") ? document : object(document, "");
    }

    /** Whether anything within one of the top-level fields would be shown. */
    public boolean touches(Collection<String> fields) {
        return fields.stream().anyMatch(field -> patterns.stream()
                .anyMatch(pattern ->
                        Glob.matches(pattern, field) || pattern.startsWith(field + ".") || pattern.indexOf('*') >= 0));
    }

    private ObjectNode object(ObjectNode from, String path) {
        var shown = from.objectNode();
        from.properties().forEach(field -> shown(field.getValue(), path + field.getKey())
                .ifPresent(value -> shown.set(field.getKey(), value)));
        return shown;
    }

    private Optional<JsonNode> shown(JsonNode value, String path) {
        if (patterns.stream().anyMatch(pattern -> Glob.matches(pattern, path))) {
            return Optional.of(value);
        }
        return switch (value) {
            case ObjectNode object ->
                Optional.<JsonNode>of(object(object, path + ".")).filter(shown -> !shown.isEmpty());
            case ArrayNode array -> elements(array, path);
            default -> Optional.empty();
        };
    }

    private Optional<JsonNode> elements(ArrayNode array, String path) {
        var shown = array.arrayNode();
        array.valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(element -> object((ObjectNode) element, path + "."))
                .filter(element -> !element.isEmpty())
                .forEach(shown::add);
        return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
    }
}
