package io.orrery.contracts.platform;

import java.time.Duration;
import java.util.regex.Pattern;

/** Times as a document says them: a number of seconds, minutes, hours or days. */
final class Durations {

    static final String PATTERN = "(0|[1-9][0-9]{0,8})(s|m|h|d)";

    private static final Pattern TEXT = Pattern.compile(PATTERN);

    static Duration parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a time is written as 90d, 12h, 30m or 10s");
        }
        var number = Long.parseLong(parts.group(1));
        return switch (parts.group(2).charAt(0)) {
            case 'd' -> Duration.ofDays(number);
            case 'h' -> Duration.ofHours(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** In the largest unit that says it exactly. */
    static String write(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds % Duration.ofDays(1).toSeconds() == 0) {
            return duration.toDays() + "d";
        }
        if (seconds % Duration.ofHours(1).toSeconds() == 0) {
            return duration.toHours() + "h";
        }
        return seconds % Duration.ofMinutes(1).toSeconds() == 0 ? duration.toMinutes() + "m" : seconds + "s";
    }

    private Durations() {}
}
