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
        if (source.isMissingNode() || (source.isArray() && source.isEmpty())) {
            return EVERYTHING;
        }
        if (source.isTextual()) {
            return new Projection(List.of(Limits.path(source.textValue())));
        }
        if (!source.isArray() || !source.valueStream().allMatch(JsonNode::isTextual) || source.size() > MOST) {
            throw new QueryException("_source must be an array of at most " + MOST + " names");
        }
        return new Projection(source.valueStream()
                .map(JsonNode::textValue)
                .map(Limits::path)
                .distinct()
                .toList());
    }

    public ObjectNode of(ObjectNode document) {
        return patterns.contains("*") ? document : object(document, "");
    }

    /** Whether anything within one of the top-level fields would be shown. */
    public boolean touches(Collection<String> fields) {
        return fields.stream().anyMatch(field -> shows(field) || reachesInto(field + "."));
    }

    private boolean shows(String path) {
        return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, path));
    }

    /** Most searches name a few short fields: process graphs are not walked through for those. */
    private boolean reachesInto(String prefix) {
        return patterns.stream().anyMatch(pattern -> Glob.mayMatchBelow(pattern, prefix));
    }

    private ObjectNode object(ObjectNode from, String prefix) {
        var shown = from.objectNode();
        from.properties().forEach(field -> shown(field.getValue(), prefix + field.getKey())
                .ifPresent(value -> shown.set(field.getKey(), value)));
        return shown;
    }

    private Optional<JsonNode> shown(JsonNode value, String path) {
        if (shows(path)) {
            return Optional.of(value);
        }
        var inside = path + ".";
        if (value.isValueNode() || !reachesInto(inside)) {
            return Optional.empty();
        }
        return switch (value) {
            case ObjectNode object ->
                Optional.<JsonNode>of(object(object, inside)).filter(shown -> !shown.isEmpty());
            case ArrayNode array -> elements(array, inside);
            default -> Optional.empty();
        };
    }

    private Optional<JsonNode> elements(ArrayNode array, String prefix) {
        var shown = array.arrayNode();
        array.valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(element -> object((ObjectNode) element, prefix))
                .filter(element -> !element.isEmpty())
                .forEach(shown::add);
        return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
    }
}
