package io.orrery.contracts.platform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Free-form parts of a document, brought to one form: unmodifiable, in the order given, equal after a way through JSON. */
final class OpenTree {

    static final int MAX_DEPTH = 64;

    /** Aliases of YAML make a small text a large tree; what is counted is the tree. */
    static final int MAX_NODES = 200_000;

    /** As a message on Kafka, the whole has to stay well under 4 MiB. */
    static final int MAX_CHARACTERS = 1_000_000;

    private static final int MAX_BITS = 1024;

    private int nodes;
    private long characters;

    static List<Map<String, Object>> copyOf(List<?> objects) {
        var copy = new OpenTree();
        return objects.stream().map(object -> copy.item(object)).toList();
    }

    private Map<String, Object> item(Object object) {
        if (object instanceof Map<?, ?> map) {
            return object(map, 1);
        }
        throw new IllegalArgumentException("each entry must be an object, and one is " + Found.describe(object));
    }

    private Map<String, Object> object(Map<?, ?> map, int depth) {
        count(depth);
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw new IllegalArgumentException("keys must be text");
            }
            copy.put(text(text), value(value, depth + 1));
        });
        return Collections.unmodifiableMap(copy);
    }

    private List<Object> list(List<?> list, int depth) {
        count(depth);
        var copy = new ArrayList<>(list.size());
        list.forEach(value -> copy.add(value(value, depth + 1)));
        return Collections.unmodifiableList(copy);
    }

    private Object value(Object value, int depth) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> object(map, depth);
            case List<?> list -> list(list, depth);
            case String text -> counted(text(text), depth);
            case Boolean truth -> counted(truth, depth);
            case Number number -> counted(number(number), depth);
            default -> throw new IllegalArgumentException("a value is neither text, number, truth, list nor object");
        };
    }

    private Object counted(Object scalar, int depth) {
        count(depth);
        return scalar;
    }

    private void count(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        if (++nodes > MAX_NODES) {
            throw new IllegalArgumentException("more than " + MAX_NODES + " values");
        }
    }

    private String text(String text) {
        characters += text.length();
        if (characters > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "more than " + MAX_CHARACTERS + " characters; give a url in place of it");
        }
        if (!Texts.isPlain(text)) {
            throw new IllegalArgumentException("a text holds a NUL or half a character");
        }
        return text;
    }

    /** Whole numbers are Long, or BigInteger when that is too small; all others Double, as JSON parsers give them. */
    private static Number number(Number number) {
        return switch (number) {
            case BigInteger big
            when big.bitLength() > MAX_BITS ->
                throw new IllegalArgumentException("a number has more digits than anybody can want");
            case BigInteger big -> big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
            case BigDecimal decimal -> finite(decimal.doubleValue());
            case Double ignored -> finite(number.doubleValue());
            case Float ignored -> finite(number.doubleValue());
            default -> number.longValue();
        };
    }

    private static Double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a number is not finite");
        }
        return number;
    }
}
