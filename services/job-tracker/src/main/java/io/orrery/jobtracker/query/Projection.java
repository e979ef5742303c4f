package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields are shown. What is not there is left out; null stays null.
 *
 * @param names of fields, and dotted paths
 * @param patterns the same with {@code *}
 */
public record Projection(Set<String> names, List<String> patterns) {

    private static final int MOST = 256;
    private static final Projection EVERYTHING = of(List.of("*"));

    public Projection {
        names = Set.copyOf(names);
        patterns = List.copyOf(patterns);
    }

    static Projection of(Collection<String> namesAndPatterns) {
        var both = namesAndPatterns.stream().collect(Collectors.partitioningBy(name -> name.indexOf('*') < 0));
        return new Projection(Set.copyOf(both.get(true)), both.get(false));
    }

    static Projection of(JsonNode source) {
        if (source.isMissingNode() || (source.isArray() && source.isEmpty())) {
            return EVERYTHING;
        }
        if (source.isTextual()) {
            return of(List.of(Limits.path(source.textValue())));
        }
        if (!source.isArray() || !source.valueStream().allMatch(JsonNode::isTextual) || source.size() > MOST) {
            throw new QueryException("_source must be an array of at most " + MOST + " names");
        }
        return of(source.valueStream()
                .map(JsonNode::textValue)
                .map(Limits::path)
                .distinct()
                .toList());
    }

    public ObjectNode of(ObjectNode document) {
        return patterns.contains("*") ? document : object(document, "");
    }

    /** The top-level fields that may be shown, or something within them; empty: any. */
    public Optional<Set<String>> fields() {
        return patterns.isEmpty()
                ? Optional.of(names.stream()
                        .flatMap(name -> Fields.leadingTo(name).stream())
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Whether anything within the top-level field would be shown. */
    public boolean touches(String field) {
        return shows(field) || reachesInto(field + ".");
    }

    private boolean shows(String path) {
        return names.contains(path) || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, path));
    }

    /** Most searches name a few short fields: process graphs are not walked through for those. */
    private boolean reachesInto(String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix))
                || patterns.stream().anyMatch(pattern -> Glob.mayMatchBelow(pattern, prefix));
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
