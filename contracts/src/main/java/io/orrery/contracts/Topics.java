package io.orrery.contracts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All that is said on Kafka, and where. */
public final class Topics {

    public static final Topic PLATFORMS = Topic.compacted("orrery.platforms");
    public static final Topic INFRASTRUCTURE = Topic.compacted("orrery.infrastructure");
    public static final Topic CLUSTERS = Topic.compacted("orrery.clusters");
    public static final Topic TRACKING = Topic.compacted("orrery.tracking");
    public static final Topic WORKLOADS = Topic.compacted("orrery.workloads");
    public static final Topic OBSERVABILITY = Topic.compacted("orrery.observability");

    public static final Topic JOBS = Topic.appended("orrery.jobs", Duration.ofDays(90));
    public static final Topic ACTIVITY = Topic.appended("orrery.activity", Duration.ofDays(14));
    /** Compacted too: several readers, and each of them at every start, meet the same bad message. */
    public static final Topic DEAD_LETTERS = new Topic("orrery.dead-letters", true, Optional.of(Duration.ofDays(90)));

    /** The topics that are the store: read from the beginning by everyone. */
    public static final List<Topic> FACTS =
            List.of(PLATFORMS, INFRASTRUCTURE, CLUSTERS, TRACKING, WORKLOADS, OBSERVABILITY);

    public static final List<Topic> ALL = List.of(
            PLATFORMS, INFRASTRUCTURE, CLUSTERS, TRACKING, WORKLOADS, OBSERVABILITY, JOBS, ACTIVITY, DEAD_LETTERS);

    private Topics() {}

    public static Topic of(Stage stage) {
        return switch (stage) {
            case INFRASTRUCTURE -> INFRASTRUCTURE;
            case CLUSTER -> CLUSTERS;
            case TRACKING -> TRACKING;
            case WORKLOADS -> WORKLOADS;
            case OBSERVABILITY -> OBSERVABILITY;
        };
    }

    /** Where the fact is told. */
    public static Topic of(Fact fact) {
        return switch (fact) {
            case PlatformStatus platform -> PLATFORMS;
            case StageStatus status -> of(status.stage());
        };
    }

    public static Class<? extends Fact> factOn(Topic topic) {
        return switch (topic.name()) {
            case "orrery.platforms" -> PlatformStatus.class;
            case "orrery.infrastructure" -> InfrastructureStatus.class;
            case "orrery.clusters" -> ClusterStatus.class;
            case "orrery.tracking" -> TrackingStatus.class;
            case "orrery.workloads" -> WorkloadStatus.class;
            case "orrery.observability" -> ObservabilityStatus.class;
            default -> throw new IllegalArgumentException(topic + " holds no facts");
        };
    }
}
