package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** A value as Elasticsearch compares it: {@code true} and {@code "true"} are the same, and so are 1 and 1.0. */
public record Scalar(String text) {

    private static final int SHORT = 400;

    /** Zeros are stripped from scales below it; beyond, that would overflow. */
    private static final long LARGEST_SCALE = 1_000_000_000;

    /** Nothing for null and for objects, which equal nothing. */
    static Stream<Scalar> of(JsonNode value) {
        if (value.isNull() || !value.isValueNode()) {
            return Stream.empty();
        }
        return Stream.of(new Scalar(value.isNumber() ? number(value) : value.asText()));
    }

    /** Written plainly only where that is short: 1e999999999 has a billion digits. */
    private static String number(JsonNode value) {
        var number = value.decimalValue();
        if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
            return number.toString();
        }
        var stripped = number.stripTrailingZeros();
        return Math.abs(stripped.scale()) < SHORT ? stripped.toPlainString() : stripped.toString();
    }
}
