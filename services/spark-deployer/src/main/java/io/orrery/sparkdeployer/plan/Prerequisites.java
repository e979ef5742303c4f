package io.orrery.sparkdeployer.plan;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.TrackingStatus;
import io.orrery.reconciler.facts.PlatformFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What other stages must have told before this one can begin. */
public final class Prerequisites {

    private Prerequisites() {}

    /**
     * What is still missing, in words.
     *
     * @param begun whether this stage has begun already: a cluster that is being scaled or repaired then is no reason to
     *     stop looking after what runs on it
     */
    public static List<String> missing(PlatformFacts facts, PlatformStatus platform, boolean begun) {
        var missing = new ArrayList<String>();
        var cluster = facts.cluster();
        if (cluster.flatMap(ClusterStatus::access).isEmpty()
                || (!begun && cluster.get().phase() != Phase.READY)) {
            missing.add("a Kubernetes cluster that is ready");
        }
        if (facts.tracking().flatMap(TrackingStatus::registry).isEmpty()) {
            missing.add("the job registry, without which openEO does not start");
        }
        if (bucket(facts).isEmpty() && platform.document().spec().cloud().isPresent()) {
            missing.add("the bucket for results");
        }
        newer(facts, platform)
                .ifPresent(status -> missing.add("generation " + status.observedGeneration()
                        + " of the document, which " + status.stage() + " has seen already"));
        return List.copyOf(missing);
    }

    public static Optional<Foundation.Bucket> bucket(PlatformFacts facts) {
        return facts.infrastructure().flatMap(InfrastructureStatus::foundation).flatMap(Foundation::bucket);
    }

    /** A stage that is ahead of the document as it has reached us: ours is about to be replaced. */
    private static Optional<StageStatus> newer(PlatformFacts facts, PlatformStatus platform) {
        return Stream.<Optional<? extends StageStatus>>of(facts.infrastructure(), facts.cluster(), facts.tracking())
                .flatMap(Optional::stream)
                .filter(status -> status.observedGeneration() > platform.generation())
                .map(StageStatus.class::cast)
                .findFirst();
    }
}
