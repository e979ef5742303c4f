package io.orrery.sandbox.controllers.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule is the one of kubeflow/spark-operator 2.x, internal/controller/sparkapplication/controller.go. */
class SparkMachineTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final SparkStatus.DriverInfo INFO =
            new SparkStatus.DriverInfo("app-driver", "app-ui-svc", null, 4040, null, null);
    private static final Driver.Failed OUT_OF_MEMORY =
            new Driver.Failed("2026-05-01T11:59:58Z", "driver container failed with ExitCode: 137, Reason: OOMKilled");

    private static SparkSpec spec(String json) {
        try {
            return new ObjectMapper().readValue(json, SparkSpec.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static SparkSpec withPolicy(String policy) {
        return spec("{\"restartPolicy\": " + policy + "}");
    }

    private static SparkStatus submitted() {
        return SparkStatus.NEW.submitted("s-1", "2026-05-01T11:59:50Z", INFO, true, "");
    }

    private static Next next(SparkSpec spec, SparkStatus status, Driver driver) {
        return new SparkMachine(spec, status, driver, NOW).next(false, false);
    }

    private static SparkStatus told(Next next) {
        assertThat(next).isInstanceOf(Next.Tell.class);
        return ((Next.Tell) next).status();
    }

    @Test
    void submitsWhatIsNew() {
        assertThat(next(spec("{}"), SparkStatus.NEW, new Driver.Absent())).isEqualTo(new Next.Submit());
    }

    @Test
    void countsASubmissionThatSucceededAsAnExecution() {
        assertThat(submitted().state()).isEqualTo(SparkState.SUBMITTED);
        assertThat(submitted().submissionAttempts()).isEqualTo(1);
        assertThat(submitted().executionAttempts()).isEqualTo(1);
    }

    @Test
    void countsASubmissionThatFailedAsAttemptOnly() {
        var failed = SparkStatus.NEW.submitted("s-1", NOW.toString(), INFO, false, "forbidden");

        assertThat(failed.state()).isEqualTo(SparkState.SUBMISSION_FAILED);
        assertThat(failed.submissionAttempts()).isEqualTo(1);
        assertThat(failed.executionAttempts()).isZero();
        assertThat(failed.applicationState().errorMessage()).isEqualTo("forbidden");
    }

    @Test
    void runsWhenTheDriverRuns() {
        assertThat(told(next(spec("{}"), submitted(), new Driver.Running())).state())
                .isEqualTo(SparkState.RUNNING);
    }

    @Test
    void staysSubmittedWhileTheDriverWaitsForANode() {
        assertThat(told(next(spec("{}"), submitted(), new Driver.Pending()))).isEqualTo(submitted());
    }

    @Test
    void setsTheTerminationTimeAlreadyInSucceeding() {
        var status = told(next(spec("{}"), submitted(), new Driver.Succeeded("2026-05-01T11:59:59Z")));

        assertThat(status.state()).isEqualTo(SparkState.SUCCEEDING);
        assertThat(status.terminationTime()).isEqualTo("2026-05-01T11:59:59Z");
    }

    @Test
    void completesAfterSucceeding() {
        assertThat(told(next(spec("{}"), submitted().with(SparkState.SUCCEEDING), new Driver.Absent()))
                        .state())
                .isEqualTo(SparkState.COMPLETED);
    }

    @Test
    void runsAgainAfterSuccessIfThePolicyIsAlways() {
        var next =
                next(withPolicy("{\"type\":\"Always\"}"), submitted().with(SparkState.SUCCEEDING), new Driver.Absent());

        assertThat(next).isInstanceOfSatisfying(Next.CleanUp.class, clean -> {
            assertThat(clean.after().state()).isEqualTo(SparkState.PENDING_RERUN);
            assertThat(clean.after().executionAttempts()).isEqualTo(1);
            assertThat(clean.after().submissionAttempts()).isZero();
            assertThat(clean.after().terminationTime()).isNull();
        });
    }

    @Test
    void saysWithWhatTheDriverFailed() {
        var status = told(next(spec("{}"), submitted(), OUT_OF_MEMORY));

        assertThat(status.state()).isEqualTo(SparkState.FAILING);
        assertThat(status.applicationState().errorMessage())
                .isEqualTo("driver container failed with ExitCode: 137, Reason: OOMKilled");
    }

    @Test
    void failsAtOnceWithPolicyNeverAndKeepsTheMessage() {
        var failing = told(next(spec("{}"), submitted(), OUT_OF_MEMORY));
        var status = told(next(spec("{}"), failing, new Driver.Absent()));

        assertThat(status.state()).isEqualTo(SparkState.FAILED);
        assertThat(status.applicationState().errorMessage()).contains("OOMKilled");
    }

    @Test
    void waitsLongerBeforeEachRetry() {
        var spec = withPolicy("{\"type\":\"OnFailure\",\"onFailureRetries\":3,\"onFailureRetryInterval\":10}");
        var once = submitted().withTermination("2026-05-01T11:59:58Z").with(SparkState.FAILING);
        var twice = submitted()
                .submitted("s-2", "2026-05-01T11:59:50Z", INFO, true, "")
                .withTermination("2026-05-01T11:59:58Z")
                .with(SparkState.FAILING);

        assertThat(next(spec, once, new Driver.Absent())).isEqualTo(new Next.Wait(Duration.ofSeconds(8)));
        assertThat(next(spec, twice, new Driver.Absent())).isEqualTo(new Next.Wait(Duration.ofSeconds(18)));
    }

    @Test
    void goesForAnotherRunWhenTheIntervalIsOver() {
        var spec = withPolicy("{\"type\":\"OnFailure\",\"onFailureRetries\":3,\"onFailureRetryInterval\":1}");
        var failing = submitted().withTermination("2026-05-01T11:59:58Z").with(SparkState.FAILING);

        assertThat(next(spec, failing, new Driver.Absent())).isInstanceOf(Next.CleanUp.class);
    }

    @Test
    void failsWhenNoRetryIsLeft() {
        var spec = withPolicy("{\"type\":\"OnFailure\",\"onFailureRetries\":0}");
        var failing = submitted().withTermination("2026-05-01T11:59:58Z").with(SparkState.FAILING);

        assertThat(told(next(spec, failing, new Driver.Absent())).state()).isEqualTo(SparkState.FAILED);
    }

    @Test
    void triesAFailedSubmissionAgainWhileRetriesAreLeft() {
        var spec = withPolicy(
                "{\"type\":\"OnFailure\",\"onSubmissionFailureRetries\":1,\"onSubmissionFailureRetryInterval\":20}");
        var once = SparkStatus.NEW.submitted("s-1", "2026-05-01T11:59:50Z", INFO, false, "x");
        var twice = once.submitted("s-2", "2026-05-01T11:59:50Z", INFO, false, "x");

        assertThat(next(spec, once, new Driver.Absent())).isEqualTo(new Next.Wait(Duration.ofSeconds(10)));
        assertThat(told(next(spec, twice, new Driver.Absent())).state()).isEqualTo(SparkState.FAILED);
    }

    @Test
    void submitsARerunOnlyWhenTheLastDriverIsGone() {
        var pending = submitted().with(SparkState.PENDING_RERUN);

        assertThat(new SparkMachine(spec("{}"), pending, new Driver.Running(), NOW).next(false, true))
                .isEqualTo(new Next.CleanUp(pending));
        assertThat(next(spec("{}"), pending, new Driver.Absent())).isEqualTo(new Next.Submit());
    }

    @Test
    void givesADriverThatIsNotSeenYetItsTime() {
        var justNow = SparkStatus.NEW.submitted("s-1", "2026-05-01T11:59:57Z", INFO, true, "");

        assertThat(next(spec("{}"), justNow, new Driver.Absent())).isEqualTo(new Next.Wait(Duration.ofSeconds(7)));
    }

    @Test
    void takesADriverThatIsGoneForAFailure() {
        var status = told(next(spec("{}"), submitted().with(SparkState.RUNNING), new Driver.Absent()));

        assertThat(status.state()).isEqualTo(SparkState.FAILING);
        assertThat(status.applicationState().errorMessage()).isEqualTo("driver pod not found");
        assertThat(status.terminationTime()).isEqualTo(NOW.toString());
    }

    @Test
    void isUnknownWhileTheDriversNodeIsLost() {
        assertThat(told(next(spec("{}"), submitted().with(SparkState.RUNNING), new Driver.Lost()))
                        .state())
                .isEqualTo(SparkState.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = SparkState.class,
            names = {"SUBMITTED", "RUNNING", "COMPLETED", "FAILED"})
    void startsAnewWhenTheSpecHasChanged(SparkState state) {
        var status = submitted().with(state);
        var invalid = new SparkMachine(spec("{}"), status, new Driver.Running(), NOW).next(true, true);
        assertThat(told(invalid).state()).isEqualTo(SparkState.INVALIDATING);

        var cleaned = new SparkMachine(spec("{}"), told(invalid), new Driver.Running(), NOW).next(true, true);
        assertThat(cleaned).isInstanceOfSatisfying(Next.CleanUp.class, clean -> {
            assertThat(clean.after().state()).isEqualTo(SparkState.PENDING_RERUN);
            assertThat(clean.after().executionAttempts()).isZero();
        });
    }

    @Test
    void suspendsAndResumes() {
        var suspended = spec("{\"suspend\": true}");

        assertThat(told(next(suspended, submitted(), new Driver.Running())).state())
                .isEqualTo(SparkState.SUSPENDING);
        assertThat(next(suspended, submitted().with(SparkState.SUSPENDING), new Driver.Running()))
                .isInstanceOfSatisfying(
                        Next.CleanUp.class,
                        clean -> assertThat(clean.after().state()).isEqualTo(SparkState.SUSPENDED));
        assertThat(told(next(spec("{}"), submitted().with(SparkState.SUSPENDED), new Driver.Absent()))
                        .state())
                .isEqualTo(SparkState.RESUMING);
        assertThat(next(spec("{}"), submitted().with(SparkState.RESUMING), new Driver.Absent()))
                .isEqualTo(new Next.Submit());
    }

    @Test
    void deletesWhatHasOutlivedItsTime() {
        var done = submitted().withTermination("2026-05-01T11:59:00Z").with(SparkState.COMPLETED);

        assertThat(next(spec("{\"timeToLiveSeconds\": 60}"), done, new Driver.Absent()))
                .isEqualTo(new Next.Delete());
        assertThat(next(spec("{\"timeToLiveSeconds\": 90}"), done, new Driver.Absent()))
                .isEqualTo(new Next.Wait(Duration.ofSeconds(30)));
        assertThat(told(next(spec("{}"), done, new Driver.Absent()))).isEqualTo(done);
    }
}
