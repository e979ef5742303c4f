package io.orrery.cluster.plan;

import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.ClusterStatus.Rejection;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import java.util.List;
import java.util.Set;

/** How a cluster stands: what is told of it, secrets apart. */
public record Standing(
        Phase phase, List<Condition> conditions, List<Node> nodes, Set<String> released, List<Rejection> rejected) {

    public Standing {
        conditions = List.copyOf(conditions);
        nodes = List.copyOf(nodes);
        released = Set.copyOf(released);
        rejected = List.copyOf(rejected);
    }
}
