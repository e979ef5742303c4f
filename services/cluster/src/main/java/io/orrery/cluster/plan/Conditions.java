package io.orrery.cluster.plan;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The words for what is told of a cluster. Messages never hold a time: that would make news of every pass. */
public final class Conditions {

    public static final String API_REACHABLE = "ApiReachable";
    public static final String BOOTSTRAP_PREPARED = "BootstrapPrepared";
    public static final String NODES_READY = "NodesReady";
    public static final String NODES_DRAINED = "NodesDrained";
    public static final String FOUNDATION_READY = "FoundationReady";
    public static final String CLOUD_RESOURCES_RELEASED = "CloudResourcesReleased";
    public static final String KUBECONFIG_USABLE = "KubeconfigUsable";
    public static final String DISTRIBUTION_SUPPORTED = "DistributionSupported";

    private static final String JOINED = "Joined:";

    private Conditions() {}

    /** Of one machine that runs and is not a node yet; its beginning is what the deadline for joining counts from. */
    static String joined(String slot) {
        return JOINED + slot;
    }

    /** Since when the condition has had this status, as it was told last. */
    public static Optional<Instant> since(List<Condition> told, String type, Condition.Status status) {
        return told.stream()
                .filter(condition ->
                        condition.type().equals(type) && condition.status() == status && condition.since() != null)
                .map(Condition::since)
                .findFirst();
    }

    public static List<Condition> of(Optional<ClusterStatus> status) {
        return status.map(ClusterStatus::conditions).orElse(List.of());
    }
}
