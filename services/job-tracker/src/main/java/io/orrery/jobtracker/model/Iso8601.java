package io.orrery.jobtracker.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Dates as clients write them. Without an offset they are in UTC, as Elasticsearch takes them. */
public final class Iso8601 {

    private static final int LONGEST = 64;

    private Iso8601() {}

    /** A date with or without a time; a date alone is its first moment. */
    public static Optional<Instant> instant(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    isDay(text)
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : moment(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it says no time of the day. */
    public static boolean isDay(String text) {
        return text.indexOf('T') < 0;
    }

    private static Instant moment(String text) {
        var time = text.substring(text.indexOf('T'));
        return time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
