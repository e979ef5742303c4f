package io.orrery.provisioner.openstack;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param headers by their names in lower case
 * @param received by our clock
 */
record Reply(int status, Map<String, String> headers, String text, Instant received) {

    /** Nobody is left alone for longer, whatever a proxy says. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    Reply {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Null where the service sends none. */
    String requestId() {
        return header("x-openstack-request-id")
                .or(() -> header("x-compute-request-id"))
                .orElse(null);
    }

    /** The server's clock when it answered, to the second. */
    Optional<Instant> date() {
        return header("date").flatMap(Reply::date);
    }

    /** How long it asks to be left alone: from a second to five minutes. A date counts by the server's clock. */
    Optional<Duration> retryAfter() {
        return header("retry-after")
                .flatMap(this::wait)
                .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked)
                .map(asked -> asked.isPositive() ? asked : Duration.ofSeconds(1));
    }

    private Optional<Duration> wait(String value) {
        return value.strip().matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())))
                : date(value).map(until -> Duration.between(date().orElse(received), until));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Headers and text may hold a token. */
    @Override
    public String toString() {
        return status + " " + requestId();
    }
}
