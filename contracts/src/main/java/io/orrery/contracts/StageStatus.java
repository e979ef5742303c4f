package io.orrery.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What every stage's status says: whose it is, which generation of the document it has seen, and how it stands. */
public sealed interface StageStatus extends Fact
        permits InfrastructureStatus, ClusterStatus, TrackingStatus, WorkloadStatus, ObservabilityStatus {

    long observedGeneration();

    Phase phase();

    List<Condition> conditions();

    /** What this stage gave up on at removal, because the thing it would have asked could no longer be reached. */
    List<String> abandoned();

    Stage stage();

    @Override
    default String subject() {
        return stage().word();
    }

    @Override
    default String happenedSince(Optional<? extends Fact> former) {
        var before = former.map(StageStatus.class::cast);
        if (before.isEmpty()
                || before.get().phase() != phase()
                || !before.get().uid().equals(uid())) {
            return phase().word().toLowerCase(Locale.ROOT);
        }
        return "changed";
    }
}
