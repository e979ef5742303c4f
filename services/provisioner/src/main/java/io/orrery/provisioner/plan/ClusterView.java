package io.orrery.provisioner.plan;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.ClusterStatus.Rejection;
import io.orrery.contracts.Phase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the machines' part of the plan needs to know of Kubernetes.
 *
 * @param stood whether it was ready once, as the init user-data is void then: from there on a node has to be drained
 *     before its machine goes
 * @param ready machines that are nodes, and ready
 * @param rejected machines that never became nodes, with the reason
 */
public record ClusterView(
        Optional<Bootstrap> bootstrap,
        boolean stood,
        Set<String> released,
        Set<String> ready,
        Map<String, String> rejected) {

    /** As long as nothing is known of it, or after its removal. */
    public static final ClusterView NONE = new ClusterView(Optional.empty(), false, Set.of(), Set.of(), Map.of());

    public ClusterView {
        released = Set.copyOf(released);
        ready = Set.copyOf(ready);
        rejected = Map.copyOf(rejected);
    }

    public static ClusterView of(Optional<ClusterStatus> status) {
        return status.filter(told -> told.phase() != Phase.REMOVED)
                .map(told -> new ClusterView(
                        told.bootstrap(),
                        told.bootstrap().filter(it -> it.init().isEmpty()).isPresent(),
                        told.released(),
                        told.nodes().stream()
                                .filter(Node::ready)
                                .map(Node::name)
                                .collect(Collectors.toSet()),
                        told.rejected().stream()
                                .collect(Collectors.toMap(Rejection::slot, Rejection::reason, (one, other) -> other))))
                .orElse(NONE);
    }

    int incarnation() {
        return bootstrap.map(Bootstrap::incarnation).orElse(1);
    }
}
