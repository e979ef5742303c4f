package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Iso8601;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a search's body. Whatever it does not know it refuses by name: a part left out would find too much. */
public final class QueryReader {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<String> SIDES = Set.of("gte", "gt", "lte", "lt");
    private static final Pattern DAYS_AGO = Pattern.compile("now(?:-(\\d{1,6})d)?");

    private final Instant now;
    private int clauses;

    private QueryReader(Instant now) {
        this.now = now;
    }

    /**
     * @param now what {@code now-90d} is counted from
     * @throws QueryException if any part of it is not understood
     */
    public static Search read(JsonNode body, Instant now) {
        var fields = object(body, "the search");
        fields.keySet().stream()
                .filter(name -> !name.equals("query") && !name.equals("_source"))
                .findFirst()
                .ifPresent(name -> {
                    throw new QueryException("unknown part of a search: " + name);
                });
        if (!fields.containsKey("query")) {
            throw new QueryException("empty query");
        }
        var query = new QueryReader(now).query(fields.get("query"), 0);
        return new Search(query, Projection.of(body.path("_source")));
    }

    private Query query(JsonNode node, int depth) {
        if (depth > Limits.DEPTH) {
            throw new QueryException("nested deeper than " + Limits.DEPTH);
        }
        if (++clauses > Limits.CLAUSES) {
            throw new QueryException("more than " + Limits.CLAUSES + " clauses");
        }
        var only = only(node, "a query");
        return switch (only.getKey()) {
            case "bool" -> bool(only.getValue(), depth);
            case "term" -> term(only.getValue(), "value");
            case "match" -> term(only.getValue(), "query");
            case "terms" -> terms(only.getValue());
            case "range" -> range(only.getValue());
            case "exists" -> exists(only.getValue());
            case "match_all" -> matchAll(only.getValue());
            default -> throw new QueryException("unknown query: " + only.getKey());
        };
    }

    private Query bool(JsonNode node, int depth) {
        return new Query.All(object(node, "bool").entrySet().stream()
                .map(clause -> switch (clause.getKey()) {
                    case "filter", "must" -> (Query) new Query.All(clauses(clause.getValue(), depth));
                    case "must_not" -> new Query.None(clauses(clause.getValue(), depth));
                    default -> throw new QueryException("unknown part of bool: " + clause.getKey());
                })
                .toList());
    }

    private List<Query> clauses(JsonNode node, int depth) {
        var clauses = node.isArray() ? node.valueStream() : Stream.of(node);
        return clauses.map(clause -> query(clause, depth + 1)).toList();
    }

    private static Query term(JsonNode node, String nameOfValue) {
        var field = only(node, "term and match");
        var value = field.getValue();
        return anyOf(field.getKey(), Stream.of(value.isObject() ? onlyNamed(value, nameOfValue) : value));
    }

    private static Query terms(JsonNode node) {
        var field = only(node, "terms");
        if (!field.getValue().isArray()) {
            throw new QueryException("terms wants an array for " + field.getKey());
        }
        if (field.getValue().size() > Limits.VALUES) {
            throw new QueryException("terms wants at most " + Limits.VALUES + " values");
        }
        return anyOf(field.getKey(), field.getValue().valueStream());
    }

    private static Query anyOf(String field, Stream<JsonNode> values) {
        var scalars = new HashSet<Scalar>();
        values.forEach(value -> scalars.add(Scalar.of(value)
                .findFirst()
                .orElseThrow(() -> new QueryException(field + " is compared with what is no plain value"))));
        return new Query.AnyOf(Limits.path(field), scalars);
    }

    private Query range(JsonNode node) {
        var field = only(node, "range");
        var bounds = object(field.getValue(), "the range of " + field.getKey()).entrySet().stream()
                .map(side -> bound(side.getKey(), side.getValue()))
                .toList();
        return new Query.Range(Limits.path(field.getKey()), bounds);
    }

    private Bound bound(String side, JsonNode value) {
        if (!SIDES.contains(side)) {
            throw new QueryException("unknown part of range: " + side);
        }
        var which = Bound.Side.valueOf(side.toUpperCase(Locale.ROOT));
        if (value.isNumber()) {
            return new Bound.Amount(which, value.decimalValue());
        }
        return new Bound.Moment(which, moment(which, value));
    }

    private Instant moment(Bound.Side side, JsonNode value) {
        var text = value.isTextual() ? value.textValue() : "";
        var days = DAYS_AGO.matcher(text);
        if (days.matches()) {
            return days.group(1) == null ? now : now.minus(Duration.ofDays(Long.parseLong(days.group(1))));
        }
        return Iso8601.instant(text)
                .map(moment -> Iso8601.isDay(text) && side.meansEndOfDay()
                        ? moment.plus(DAY).minusNanos(1)
                        : moment)
                .orElseThrow(() -> new QueryException("neither a date nor now-<days>d: " + value));
    }

    private static Query exists(JsonNode node) {
        var field = onlyNamed(node, "field");
        if (!field.isTextual()) {
            throw new QueryException("exists wants the name of a field");
        }
        return new Query.Exists(Limits.path(field.textValue()));
    }

    private static Query matchAll(JsonNode node) {
        if (!object(node, "match_all").isEmpty()) {
            throw new QueryException("match_all takes nothing");
        }
        return new Query.All(List.of());
    }

    private static JsonNode onlyNamed(JsonNode node, String name) {
        var only = only(node, "an object with " + name);
        if (!only.getKey().equals(name)) {
            throw new QueryException("expected " + name + " and found " + only.getKey());
        }
        return only.getValue();
    }

    private static Map.Entry<String, JsonNode> only(JsonNode node, String what) {
        var fields = object(node, what);
        if (fields.size() != 1) {
            throw new QueryException(what + " has exactly one field, not " + fields.keySet());
        }
        return fields.entrySet().iterator().next();
    }

    private static Map<String, JsonNode> object(JsonNode node, String what) {
        if (node instanceof ObjectNode fields) {
            var entries = new LinkedHashMap<String, JsonNode>();
            fields.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            return entries;
        }
        throw new QueryException(what + " must be an object");
    }
}
