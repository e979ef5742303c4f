package io.orrery.reconciler.facts;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known about one platform at one moment. While there is a platform record, only statuses with its uid
 * count; those of a former life under the same name are left out.
 *
 * @param platform empty when nobody wishes for it (any more)
 * @param causes ids of the events all this was told with, the newest first
 */
public record PlatformFacts(
        PlatformName name, Optional<PlatformStatus> platform, Map<Stage, StageStatus> statuses, List<String> causes) {

    public PlatformFacts {
        statuses = Map.copyOf(statuses);
        causes = List.copyOf(causes);
    }

    public Optional<Uid> uid() {
        return platform.map(PlatformStatus::uid);
    }

    public Optional<StageStatus> of(Stage stage) {
        return Optional.ofNullable(statuses.get(stage))
                .filter(status ->
                        platform.isEmpty() || status.uid().equals(platform.get().uid()));
    }

    public Optional<InfrastructureStatus> infrastructure() {
        return of(Stage.INFRASTRUCTURE).map(InfrastructureStatus.class::cast);
    }

    public Optional<ClusterStatus> cluster() {
        return of(Stage.CLUSTER).map(ClusterStatus.class::cast);
    }

    public Optional<TrackingStatus> tracking() {
        return of(Stage.TRACKING).map(TrackingStatus.class::cast);
    }

    public Optional<WorkloadStatus> workloads() {
        return of(Stage.WORKLOADS).map(WorkloadStatus.class::cast);
    }

    public Optional<ObservabilityStatus> observability() {
        return of(Stage.OBSERVABILITY).map(ObservabilityStatus.class::cast);
    }

    public boolean isIn(Stage stage, Phase phase) {
        return of(stage).map(StageStatus::phase).filter(phase::equals).isPresent();
    }

    /**
     * The later stages whose Removed is still to come before {@code stage} may remove its part. Silence never counts; a
     * stage that the removal says to skip is not waited for.
     */
    public Set<Stage> awaitedBefore(Stage stage) {
        var awaited = EnumSet.copyOf(stage.later());
        platform.flatMap(PlatformStatus::removal).ifPresent(removal -> awaited.removeAll(removal.skip()));
        awaited.removeIf(later -> isIn(later, Phase.REMOVED));
        return awaited;
    }
}
