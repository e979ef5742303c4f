package io.orrery.reconciler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.PlatformName;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final PlatformName DEMO = new PlatformName("demo");
    private static final Outcome FAILED = new Outcome.Failed("NoQuota", "12 cores short");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Agenda agenda = new Agenda(
            Duration.ofSeconds(30), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)), new Random(1));

    @Test
    void looksAgainAtTheNextResyncJitteredByAFifth() {
        passEndsWith(new Outcome.Converged());

        assertThat(untilNextLook()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void looksAgainAtTheResyncAlsoAtWhatWaitsForOthers() {
        passEndsWith(new Outcome.Waiting("cluster"));

        assertThat(untilNextLook()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void looksAgainWhenWhatIsUnderWayAsksForIt() {
        passEndsWith(new Outcome.Progressing(Duration.ofSeconds(3)));

        assertThat(untilNextLook()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void waitsLongerAfterEveryFailureUpToFiveMinutes() {
        passEndsWith(FAILED);
        assertThat(untilNextLook()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        passEndsWith(FAILED);
        assertThat(untilNextLook()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        for (var failure = 0; failure < 40; failure++) {
            passEndsWith(FAILED);
        }

        assertThat(untilNextLook()).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
    }

    @Test
    void waitsForWhatIsUnreachableNoLongerThanUntilTheResync() {
        passEndsWith(new Outcome.Unreachable("connection refused"));
        assertThat(untilNextLook()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        for (var failure = 0; failure < 40; failure++) {
            passEndsWith(new Outcome.Unreachable("connection refused"));
        }

        assertThat(untilNextLook()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void aPassThatDidNotFailBeginsTheDelaysAnew() {
        passEndsWith(FAILED);
        passEndsWith(FAILED);
        passEndsWith(new Outcome.Progressing(Duration.ofSeconds(1)));

        passEndsWith(FAILED);

        assertThat(untilNextLook()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aFactLooksAtOnceAndForgivesTheFailures() {
        for (var failure = 0; failure < 20; failure++) {
            passEndsWith(FAILED);
        }

        agenda.wake(DEMO, now);

        assertThat(untilNextLook()).isZero();
        passEndsWith(FAILED);
        assertThat(untilNextLook()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aWakeUpDuringThePassIsNotLost() {
        agenda.wake(DEMO, now);
        assertThat(agenda.poll(now)).contains(DEMO);
        agenda.wake(DEMO, now);

        agenda.finished(DEMO, new Outcome.Converged(), now);

        assertThat(untilNextLook()).isZero();
    }

    @Test
    void dropsAPlatformOfWhichNothingIsKnownAnyMore() {
        agenda.wake(DEMO, now);
        assertThat(agenda.poll(now)).contains(DEMO);

        agenda.forgotten(DEMO);

        assertThat(agenda.nextDue()).isEmpty();
    }

    private void passEndsWith(Outcome outcome) {
        if (agenda.nextDue().isEmpty()) {
            agenda.wake(DEMO, now);
        }
        now = agenda.nextDue().orElseThrow();
        assertThat(agenda.poll(now)).contains(DEMO);
        agenda.finished(DEMO, outcome, now);
    }

    private Duration untilNextLook() {
        return Duration.between(now, agenda.nextDue().orElseThrow());
    }
}
