package io.orrery.jobtracker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Application.Attempts;
import io.orrery.jobtracker.model.Application.Restarts;
import io.orrery.jobtracker.model.Application.State;
import io.orrery.jobtracker.model.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReadingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({
        "NEW, QUEUED",
        "SUBMITTED, QUEUED",
        "RUNNING, RUNNING",
        "SUCCEEDING, RUNNING",
        "COMPLETED, FINISHED",
        "FAILING, ERROR",
        "FAILED, ERROR",
        "SUBMISSION_FAILED, ERROR",
        "PENDING_RERUN, QUEUED",
        "INVALIDATING, QUEUED",
        "SUSPENDING, QUEUED",
        "SUSPENDED, QUEUED",
        "RESUMING, QUEUED",
        "UNKNOWN, RUNNING"
    })
    void readsEachOfTheOperatorsStatesWhenNoRetryIsLeft(State state, JobStatus status) {
        assertThat(read(application(state, new Attempts(1, 1, Restarts.NEVER)))).isEqualTo(status);
    }

    @Test
    void aSubmissionThatFailedIsQueuedWhileItWillBeRetried() {
        var restarts = new Restarts(0, 5);

        assertThat(read(application(State.SUBMISSION_FAILED, new Attempts(0, 5, restarts))))
                .isEqualTo(JobStatus.QUEUED);
        assertThat(read(application(State.SUBMISSION_FAILED, new Attempts(0, 6, restarts))))
                .isEqualTo(JobStatus.ERROR);
    }

    @Test
    void aFailingDriverIsNoErrorWhileItWillBeRunAgain() {
        var restarts = new Restarts(2, 0);

        assertThat(read(application(State.FAILING, new Attempts(2, 1, restarts))))
                .isEqualTo(JobStatus.RUNNING);
        assertThat(read(application(State.FAILING, new Attempts(3, 1, restarts))))
                .isEqualTo(JobStatus.ERROR);
    }

    @Test
    void anErrorTakesTheOperatorsWords() {
        var failed = application(State.FAILED, new Attempts(1, 1, Restarts.NEVER));

        assertThat(Reading.of(failed, JobStatus.RUNNING, NOW, GRACE).reason().orElseThrow())
                .contains("OOMKilled");
    }

    @Test
    void succeedingThatLastsLongAfterTheDriversEndIsFinished() {
        var attempts = new Attempts(1, 1, Restarts.NEVER);

        assertThat(read(ended(State.SUCCEEDING, attempts, NOW.minusSeconds(59))))
                .isEqualTo(JobStatus.RUNNING);
        assertThat(read(ended(State.SUCCEEDING, attempts, NOW.minusSeconds(61))))
                .isEqualTo(JobStatus.FINISHED);
    }

    @Test
    void succeedingIsNeverTheEndOfWhatIsAlwaysRestarted() {
        var attempts = new Attempts(1, 1, Restarts.ALWAYS);

        assertThat(read(ended(State.SUCCEEDING, attempts, NOW.minusSeconds(3600))))
                .isEqualTo(JobStatus.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"CREATED", "QUEUED", "RUNNING"})
    void aDriverWhoseNodeIsLostChangesNothing(JobStatus before) {
        var lost = application(State.UNKNOWN, new Attempts(1, 1, Restarts.NEVER));

        assertThat(Reading.of(lost, before, NOW, GRACE).status()).isEqualTo(before);
    }

    @Test
    void aStateThatNobodyKnowsYetIsTakenForUnknown() {
        assertThat(State.of("HIBERNATING")).isEqualTo(State.UNKNOWN);
        assertThat(State.of("")).isEqualTo(State.NEW);
    }

    private static JobStatus read(Application application) {
        return Reading.of(application, JobStatus.RUNNING, NOW, GRACE).status();
    }

    private static Application application(State state, Attempts attempts) {
        return ended(state, attempts, NOW.minusSeconds(1));
    }

    private static Application ended(State state, Attempts attempts, Instant terminated) {
        return new Application(
                "a-1",
                "j-1",
                state,
                attempts,
                Optional.of(NOW.minusSeconds(600)),
                Optional.of(terminated),
                Optional.of("driver container failed with ExitCode: 137, Reason: OOMKilled"));
    }
}
