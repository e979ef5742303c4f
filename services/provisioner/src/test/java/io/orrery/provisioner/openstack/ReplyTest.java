package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"7, 7", "0, 1", "86400, 300", "999999999, 300"})
    void waitsForTheSecondsThatAreAskedForWithinReason(String header, int seconds) {
        assertThat(reply(Map.of("retry-after", header)).retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void readsADateByTheClockOfTheServerThatWroteIt() {
        var reply =
                reply(Map.of("date", "Sun, 22 Nov 2026 15:00:00 GMT", "retry-after", "Sun, 22 Nov 2026 15:00:30 GMT"));

        assertThat(reply.retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void readsADateByOurClockWhereTheServerTellsNone() {
        assertThat(reply(Map.of("retry-after", "Sun, 22 Nov 2026 12:01:00 GMT")).retryAfter())
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void takesADateThatIsPastForSoon() {
        assertThat(reply(Map.of("retry-after", "Sun, 22 Nov 2026 11:00:00 GMT")).retryAfter())
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void passesOverWhatIsNeitherSecondsNorADate() {
        assertThat(reply(Map.of("retry-after", "soon")).retryAfter()).isEmpty();
    }

    @Test
    void findsTheRequestIdUnderBothItsNames() {
        assertThat(reply(Map.of("x-openstack-request-id", "req-1")).requestId()).isEqualTo("req-1");
        assertThat(reply(Map.of("x-compute-request-id", "req-2")).requestId()).isEqualTo("req-2");
        assertThat(reply(Map.of()).requestId()).isNull();
    }

    private static Reply reply(Map<String, String> headers) {
        return new Reply(429, headers, "", NOON);
    }
}
