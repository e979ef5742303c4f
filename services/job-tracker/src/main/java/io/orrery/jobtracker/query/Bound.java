package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** One side of a range: a moment or a number. */
public sealed interface Bound {

    boolean admits(JsonNode value);

    /** How a value lies to its bound. */
    enum Side {
        GTE,
        GT,
        LTE,
        LT;

        boolean admits(int comparison) {
            return switch (this) {
                case GTE -> comparison >= 0;
                case GT -> comparison > 0;
                case LTE -> comparison <= 0;
                case LT -> comparison < 0;
            };
        }
    }

    /** Bounds a date. */
    record Moment(Side side, Instant moment) implements Bound {
        @Override
        public boolean admits(JsonNode value) {
            return value.isTextual()
                    && date(value.textValue())
                            .filter(it -> side.admits(it.compareTo(moment)))
                            .isPresent();
        }
    }

    /** Bounds a number. */
    record Amount(Side side, BigDecimal amount) implements Bound {
        @Override
        public boolean admits(JsonNode value) {
            return value.isNumber() && side.admits(value.decimalValue().compareTo(amount));
        }
    }

    /** An ISO 8601 date with or without a time; a date alone is its midnight in UTC. */
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
