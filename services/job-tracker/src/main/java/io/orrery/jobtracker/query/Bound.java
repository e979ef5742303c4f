package io.orrery.jobtracker.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.jobtracker.model.Iso8601;
import java.math.BigDecimal;
import java.time.Instant;
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

        /** Whether a bound that names only a day means its end: that day is wholly included, or wholly left out. */
        boolean meansEndOfDay() {
            return this == GT || this == LTE;
        }
    }

    /** Bounds a date. */
    record Moment(Side side, Instant moment) implements Bound {
        @Override
        public boolean admits(JsonNode value) {
            return value.isTextual()
                    && Iso8601.instant(value.textValue())
                            .filter(it -> side.admits(it.compareTo(moment)))
                            .isPresent();
        }
    }

    /** Bounds a number, or a date by its milliseconds since 1970. */
    record Amount(Side side, BigDecimal amount) implements Bound {
        @Override
        public boolean admits(JsonNode value) {
            return of(value).filter(it -> side.admits(it.compareTo(amount))).isPresent();
        }

        private static Optional<BigDecimal> of(JsonNode value) {
            return value.isTextual()
                    ? Iso8601.instant(value.textValue()).map(it -> BigDecimal.valueOf(it.toEpochMilli()))
                    : Optional.of(value).filter(JsonNode::isNumber).map(JsonNode::decimalValue);
        }
    }
}
