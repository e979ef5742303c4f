package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** Binds values that have no parts. */
final class Scalars {

    sealed interface Scalar {}

    record Good(Object value) implements Scalar {}

    record Bad(Code code, String message) implements Scalar {}

    /** Beyond it a Double no longer holds every whole number. */
    private static final double EXACT = 1L << 53;

    static Scalar text(Form.Text form, Key key, Object node, boolean strict) {
        if (!(node instanceof String text)) {
            var hint = node instanceof Number || node instanceof Boolean ? ": put it in quotes" : "";
            return wrong(form.expected(), node, hint);
        }
        if (!Texts.isPlain(text)) {
            return new Bad(Code.MALFORMED, "the text holds a NUL or half a character");
        }
        if (strict && text.length() > Limits.LONGEST_TEXT) {
            return new Bad(Code.OUT_OF_RANGE, "longer than " + Limits.LONGEST_TEXT + " characters");
        }
        if (strict && !Limits.matches(key, text)) {
            return new Bad(Code.MALFORMED, Texts.shown(text) + " is not " + key.shape());
        }
        try {
            return new Good(form.parse().apply(text));
        } catch (IllegalArgumentException refused) {
            return new Bad(Code.MALFORMED, Texts.shown(text) + ": " + refused.getMessage());
        }
    }

    /** The value of an entry of a map. */
    static Scalar entry(Object node) {
        if (!(node instanceof String text)) {
            var hint = node instanceof Number || node instanceof Boolean ? ": put it in quotes" : "";
            return wrong("text", node, hint);
        }
        if (!Texts.isPlain(text)) {
            return new Bad(Code.MALFORMED, "the text holds a NUL or half a character");
        }
        return text.length() > Limits.LONGEST_ENTRY
                ? new Bad(Code.OUT_OF_RANGE, "longer than " + Limits.LONGEST_ENTRY + " characters")
                : new Good(text);
    }

    static Scalar choice(Form.Choice form, Object node) {
        var words = form.values().keySet();
        var expected = words.size() == 1 ? words.iterator().next() : "one of " + String.join(", ", words);
        if (!(node instanceof String text)) {
            return wrong(expected, node, "");
        }
        if (!form.values().containsKey(text)) {
            var hint = Nearest.to(text.toLowerCase(Locale.ROOT), words)
                    .map(near -> "; did you mean \"" + near + "\"?")
                    .orElse("");
            return new Bad(Code.NOT_ALLOWED, "expected " + expected + ", found " + Texts.shown(text) + hint);
        }
        return new Good(form.values().get(text));
    }

    static Scalar truth(Object node) {
        return node instanceof Boolean ? new Good(node) : wrong("true or false", node, "");
    }

    static Scalar whole(Key key, Object node, boolean strict) {
        var whole = whole(node);
        if (whole.isEmpty()) {
            return wrong("a whole number", node, node instanceof String ? ": take it out of its quotes" : "");
        }
        var least = strict ? Math.max(key.min(), Integer.MIN_VALUE) : Integer.MIN_VALUE;
        var greatest = strict ? Math.min(key.max(), Integer.MAX_VALUE) : Integer.MAX_VALUE;
        if (whole.get().compareTo(BigInteger.valueOf(least)) < 0
                || whole.get().compareTo(BigInteger.valueOf(greatest)) > 0) {
            return new Bad(
                    Code.OUT_OF_RANGE, "must be from " + least + " to " + greatest + ", found " + Found.describe(node));
        }
        return new Good(whole.get().intValueExact());
    }

    private static Optional<BigInteger> whole(Object node) {
        return switch (node) {
            case BigInteger big -> Optional.of(big);
            case Byte number -> Optional.of(BigInteger.valueOf(number));
            case Short number -> Optional.of(BigInteger.valueOf(number));
            case Integer number -> Optional.of(BigInteger.valueOf(number));
            case Long number -> Optional.of(BigInteger.valueOf(number));
            case Double number
            when number == Math.rint(number) && Math.abs(number) < EXACT ->
                Optional.of(BigInteger.valueOf(number.longValue()));
            default -> Optional.empty();
        };
    }

    /** By way of a Double, as JSON carries it, so that a number is the same again after a journey. */
    static Scalar decimal(Key key, Object node, boolean strict) {
        if (!(node instanceof Number number)) {
            return wrong("a number", node, node instanceof String ? ": take it out of its quotes" : "");
        }
        var value = number.doubleValue();
        if (!Double.isFinite(value)) {
            return wrong("a finite number", node, "");
        }
        if (strict && (value < key.min() || value > key.max())) {
            return new Bad(Code.OUT_OF_RANGE, "must not be below " + key.min() + ", found " + Found.describe(node));
        }
        return new Good(Decimals.of(value));
    }

    private static Bad wrong(String expected, Object node, String hint) {
        return new Bad(Code.WRONG_TYPE, "expected " + expected + ", found " + Found.describe(node) + hint);
    }

    private Scalars() {}
}
