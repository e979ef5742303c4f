package io.orrery.contracts.platform;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a platform into a tree of maps, lists, texts, numbers and truths, in the order of the reference. */
public final class PlatformWriter {

    /** The whole document, with every default said; what is optional and not there is left out. */
    public static Map<String, Object> toTree(Platform platform) {
        return part(Forms.of(Platform.class), platform);
    }

    static Map<String, Object> toTree(Spec spec) {
        return part(Forms.of(Spec.class), spec);
    }

    static Object write(Form form, Object value) {
        return switch (form) {
            case Form.Text text -> text.write(value);
            case Form.Choice choice -> choice.write(value);
            case Form.Whole ignored -> value;
            case Form.Truth ignored -> value;
            case Form.Decimal ignored -> number((BigDecimal) value);
            case Form.Entries ignored -> value;
            case Form.Open ignored -> value;
            case Form.Items items ->
                ((List<?>) value)
                        .stream().map(item -> write(items.item(), item)).toList();
            case Form.Part part -> part(part, value);
            case Form.Alternatives alternatives -> part(alternatives.partOf(value), value);
        };
    }

    private static Number number(BigDecimal decimal) {
        return decimal.scale() == 0 && decimal.precision() < 10
                ? (Number) decimal.intValueExact()
                : decimal.doubleValue();
    }

    private static Map<String, Object> part(Form.Part part, Object value) {
        var tree = new LinkedHashMap<String, Object>();
        for (var field : part.fields()) {
            field.of(value).ifPresent(present -> tree.put(field.name(), write(field.form(), present)));
        }
        return tree;
    }

    private PlatformWriter() {}
}
