package io.orrery.reconciler;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.TrackingStatus.Tracker;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Statuses that tests tell. */
public final class Samples {

    public static final PlatformName DEMO = new PlatformName("demo");
    public static final Uid UID = Uid.of("00000000-0000-4000-8000-000000000001");
    public static final Uid OTHER_UID = Uid.of("00000000-0000-4000-8000-000000000002");
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Samples() {}

    public static ClusterStatus cluster(Phase phase, String ciphertext, Instant since) {
        var sealed = new Sealed(Sealed.Purpose.KUBECONFIG, "aa11", ciphertext);
        return new ClusterStatus(
                DEMO,
                UID,
                1,
                phase,
                List.of(Condition.holds("NodesReady", "AllJoined", "5 of 5 nodes are ready", since)),
                Optional.empty(),
                Optional.of(new ClusterStatus.Access(URI.create("https://127.64.0.1:6443"), sealed, NOON)),
                List.of(),
                Set.of(),
                List.of(),
                List.of());
    }

    public static TrackingStatus tracking(PlatformName platform, long generation, Phase phase, long jobs) {
        return new TrackingStatus(
                platform,
                UID,
                generation,
                phase,
                List.of(),
                Optional.empty(),
                new Tracker(true, Map.of("running", jobs)),
                List.of());
    }

    public static StageStatus workloads(Uid uid, Phase phase) {
        return new WorkloadStatus(
                DEMO, uid, 1, phase, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
    }
}
