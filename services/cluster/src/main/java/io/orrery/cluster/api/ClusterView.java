package io.orrery.cluster.api;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.ClusterStatus.Rejection;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster's status without anything sealed. */
public record ClusterView(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        Optional<Integer> incarnation,
        Optional<URI> apiServer,
        List<Node> nodes,
        Set<String> released,
        List<Rejection> rejected,
        List<String> abandoned) {

    static ClusterView of(ClusterStatus status) {
        return new ClusterView(
                status.platform(),
                status.uid(),
                status.observedGeneration(),
                status.phase(),
                status.conditions(),
                status.bootstrap().map(Bootstrap::incarnation),
                status.access().map(Access::apiServer),
                status.nodes(),
                status.released(),
                status.rejected(),
                status.abandoned());
    }
}
