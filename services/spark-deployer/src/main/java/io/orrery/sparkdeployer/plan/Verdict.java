package io.orrery.sparkdeployer.plan;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.sparkdeployer.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How openEO stands after a pass: the phase, and the condition that says why.
 *
 * @param openeo the condition {@link #ANSWERS}
 */
public record Verdict(Phase phase, Condition openeo) {

    public static final String ANSWERS = "OpenEoAnswers";

    /**
     * Judges a pass.
     *
     * @param former our last status
     * @param changed whether this pass has put something into the cluster
     * @param patience how long openEO may take to answer before that is a trouble
     */
    public static Verdict of(
            Probe probe,
            Optional<WorkloadStatus> former,
            long generation,
            boolean changed,
            Instant now,
            Duration patience) {
        return switch (probe) {
            case Probe.Answered answered ->
                new Verdict(
                        Phase.READY,
                        Condition.holds(
                                ANSWERS,
                                "Answered",
                                "openEO answers, and lists "
                                        + answered.evidence().collections() + " collections",
                                now));
            case Probe.Silent silent -> silent(silent, former, generation, changed, now, patience);
        };
    }

    private static Verdict silent(
            Probe.Silent silent,
            Optional<WorkloadStatus> former,
            long generation,
            boolean changed,
            Instant now,
            Duration patience) {
        var same = former.filter(status -> status.observedGeneration() == generation);
        var before = same.flatMap(status -> find(status, ANSWERS))
                .filter(condition -> condition.status() == Condition.Status.FALSE);
        var since = changed ? now : before.map(Condition::since).orElse(now);
        var words = before.filter(condition -> !changed && isStillTheReason(condition, silent))
                .map(condition -> new Probe.Silent(condition.reason(), condition.message()))
                .orElse(silent);
        var wasUp = same.map(WorkloadStatus::phase)
                .filter(phase -> phase == Phase.READY || phase == Phase.DEGRADED)
                .isPresent();
        var late = Duration.between(since, now).compareTo(patience) >= 0;
        var phase = !changed && (wasUp || late) ? Phase.DEGRADED : Phase.PROGRESSING;
        return new Verdict(phase, Condition.fails(ANSWERS, words.reason(), words.message(), since));
    }

    /** While a driver that has failed is tried again and again, nothing better is known than why it failed. */
    private static boolean isStillTheReason(Condition before, Probe.Silent now) {
        return before.reason().equals(Diagnosis.DRIVER_FAILED) && Diagnosis.TRYING.contains(now.reason());
    }

    public static Optional<Condition> find(WorkloadStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
