package io.orrery.sparkdeployer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.contracts.WorkloadStatus.Evidence;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Probe SILENT = new Probe.Silent("Starting", "it starts");

    @Test
    void isReadyWithAnAnswer() {
        var answered = new Probe.Answered(new Evidence("1.2.0", "0.73", 3, NOON));

        var verdict = Verdict.of(answered, Optional.empty(), 1, true, NOON, PATIENCE);

        assertThat(verdict.phase()).isEqualTo(Phase.READY);
        assertThat(verdict.openeo().message()).contains("3 collections");
    }

    @Test
    void isPatientForFiveMinutesAndThenDegraded() {
        var former = told(Phase.PROGRESSING, 1, "Starting", NOON);

        assertThat(silent(former, 1, false, NOON.plusSeconds(299)).phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(silent(former, 1, false, NOON.plusSeconds(300)).phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void countsAnewFromAChangeOfTheDocumentOrOfTheCluster() {
        var former = told(Phase.DEGRADED, 1, "Starting", NOON);
        var later = NOON.plusSeconds(3600);

        assertThat(silent(former, 2, false, later).phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(silent(former, 1, true, later))
                .isEqualTo(new Verdict(
                        Phase.PROGRESSING, Condition.fails(Verdict.ANSWERS, "Starting", "it starts", later)));
    }

    @Test
    void isDegradedAtOnceWhenItAnsweredBeforeAndNothingWasChanged() {
        assertThat(silent(told(Phase.READY, 1, "", NOON), 1, false, NOON).phase())
                .isEqualTo(Phase.DEGRADED);
    }

    @Test
    void keepsTheReasonOfAFailureWhileTheDriverIsTriedAgain() {
        var former = told(Phase.PROGRESSING, 1, Diagnosis.DRIVER_FAILED, NOON);

        assertThat(silent(former, 1, false, NOON.plusSeconds(1)).openeo().reason())
                .isEqualTo(Diagnosis.DRIVER_FAILED);
        assertThat(silent(former, 2, false, NOON.plusSeconds(1)).openeo().reason())
                .isEqualTo("Starting");
    }

    private static Verdict silent(WorkloadStatus former, long generation, boolean changed, Instant now) {
        return Verdict.of(SILENT, Optional.of(former), generation, changed, now, PATIENCE);
    }

    private static WorkloadStatus told(Phase phase, long generation, String reason, Instant since) {
        var condition = reason.isEmpty()
                ? Condition.holds(Verdict.ANSWERS, "Answered", "", since)
                : Condition.fails(Verdict.ANSWERS, reason, "why", since);
        return new WorkloadStatus(
                World.DEMO,
                World.UID,
                generation,
                phase,
                List.of(condition),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
