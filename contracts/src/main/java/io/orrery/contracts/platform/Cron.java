package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A cron expression of five fields as Kubernetes' CronJob takes it, or one of its shorthands such as {@code @hourly}. */
public record Cron(@JsonValue String expression) {

    private static final List<String> SHORTHANDS =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()),
            new Field("day of month", 1, 31, List.of()),
            new Field(
                    "month",
                    1,
                    12,
                    List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Field("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    public Cron {
        if (!SHORTHANDS.contains(expression)) {
            var parts = Pattern.compile(" +").split(expression, -1);
            if (expression.length() > 200 || parts.length != FIELDS.size()) {
                throw new IllegalArgumentException("a cron expression has five fields, such as */5 * * * *");
            }
            for (var i = 0; i < parts.length; i++) {
                FIELDS.get(i).check(parts[i]);
            }
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Cron parse(String text) {
        return new Cron(text);
    }

    @Override
    public String toString() {
        return expression;
    }

    private record Field(String name, int least, int greatest, List<String> names) {

        private static final Pattern PART = Pattern.compile("(\\*|\\?|\\w+)(-(\\w+))?(/([0-9]{1,3}))?");

        void check(String text) {
            for (var part : text.split(",", -1)) {
                var match = PART.matcher(part);
                if (!match.matches()) {
                    throw refused(part);
                }
                var star = "*".equals(match.group(1)) || "?".equals(match.group(1));
                if (star && match.group(3) != null) {
                    throw refused(part);
                }
                var from = star ? least : value(match.group(1), part);
                var to = match.group(3) == null ? from : value(match.group(3), part);
                if (to < from || (match.group(5) != null && Integer.parseInt(match.group(5)) == 0)) {
                    throw refused(part);
                }
            }
        }

        private int value(String text, String part) {
            var number = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : named(text.toLowerCase(Locale.ROOT));
            if (number < least || number > greatest) {
                throw refused(part);
            }
            return number;
        }

        private int named(String text) {
            var at = names.indexOf(text);
            return at < 0 ? -1 : at + least;
        }

        private IllegalArgumentException refused(String part) {
            return new IllegalArgumentException(
                    Texts.shown(part) + " is no " + name + " of a cron expression (" + least + " to " + greatest + ")");
        }
    }
}
