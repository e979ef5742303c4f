package io.orrery.sandbox.kubernetes.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How old something is, in upstream's words (apimachinery: util/duration, HumanDuration). */
final class Age {
    private Age() {}

    static String since(String time, Instant now) {
        try {
            return of(Duration.between(Instant.parse(time), now));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    static String of(Duration duration) {
        var seconds = duration.toSeconds();
        var minutes = duration.toMinutes();
        var hours = duration.toHours();
        var days = duration.toDays();
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return minutes + "m" + unlessZero(seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        if (hours < 8) {
            return hours + "h" + unlessZero(minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (days < 8) {
            return days + "d" + unlessZero(hours % 24, "h");
        }
        if (days < 730) {
            return days + "d";
        }
        return days < 2920 ? days / 365 + "y" + unlessZero(days % 365, "d") : days / 365 + "y";
    }

    private static String unlessZero(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
