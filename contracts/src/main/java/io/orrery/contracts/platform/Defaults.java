package io.orrery.contracts.platform;

import java.util.Arrays;
import java.util.Map;

/** Turns the default that a key says into the tree that a parser would have made of it. */
final class Defaults {

    /** Stands for the platform's name. */
    static final String NAME = "{name}";

    /** Only for fields that are not required, and neither optional nor parts. */
    static Object of(Form.Field field) {
        var said = field.key().absent();
        return switch (field.form()) {
            case Form.Items items ->
                Arrays.stream(said).map(one -> scalar(items.item(), one)).toList();
            case Form.Entries ignored -> Map.of();
            default -> scalar(field.form(), said[0]);
        };
    }

    private static Object scalar(Form form, String said) {
        return switch (form) {
            case Form.Whole ignored -> Integer.valueOf(said);
            case Form.Decimal ignored -> Double.valueOf(said);
            case Form.Truth ignored -> Boolean.valueOf(said);
            default -> said;
        };
    }

    private Defaults() {}
}
