package io.orrery.contracts.platform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Says what was found, without ever looking into it: it may be large, or hold itself. */
final class Found {

    static String describe(Object node) {
        return switch (node) {
            case null -> "nothing";
            case Map<?, ?> ignored -> "an object";
            case List<?> ignored -> "a list";
            case String text -> "the text " + Texts.shown(text);
            case Boolean truth -> "the truth value " + truth;
            case Number number -> "the number " + shown(number);
            default -> "something else (a date or binary data?)";
        };
    }

    private static String shown(Number number) {
        return switch (number) {
            case BigInteger big when big.bitLength() > 256 -> "of many digits";
            case BigDecimal big when big.precision() > 80 || Math.abs((long) big.scale()) > 80 -> "of many digits";
            default -> number.toString();
        };
    }

    private Found() {}
}
