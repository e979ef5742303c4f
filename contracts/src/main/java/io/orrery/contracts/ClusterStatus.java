package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Told by {@code cluster} on {@link Topics#CLUSTERS}: what machines boot with, how to reach the API, which nodes stand. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ClusterStatus(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        Optional<Bootstrap> bootstrap,
        Optional<Access> access,
        List<Node> nodes,
        Set<String> released,
        List<Rejection> rejected,
        List<String> abandoned)
        implements StageStatus {

    /**
     * What machines boot with: cloud-init user-data, one for each role.
     *
     * @param incarnation rises, with new secrets, when the init machine is lost before the cluster is ready
     * @param initSlot the only machine that {@code init} is for; empty once the cluster was ready: nobody gets it again
     * @param keys CA keys and tokens, for cluster alone
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Bootstrap(
            int incarnation,
            Optional<String> initSlot,
            Optional<Sealed> init,
            Sealed server,
            Sealed agent,
            Sealed keys) {

        public Bootstrap {
            initSlot = Objects.requireNonNullElse(initSlot, Optional.empty());
            init = Objects.requireNonNullElse(init, Optional.empty());
        }
    }

    /**
     * How to reach the Kubernetes API.
     *
     * @param expires when the kubeconfig's client certificate ends; a new one is told at half its life
     */
    public record Access(URI apiServer, Sealed kubeconfig, Instant expires) {}

    /** A Kubernetes node, by its machine's slot name. */
    public record Node(String name, Slot.Role role, boolean ready, String version) {}

    /** A machine that never became a node. */
    public record Rejection(String slot, String reason) {}

    public ClusterStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        bootstrap = Objects.requireNonNullElse(bootstrap, Optional.empty());
        access = Objects.requireNonNullElse(access, Optional.empty());
        nodes = List.copyOf(Objects.requireNonNullElse(nodes, List.of()));
        released = Collections.unmodifiableSortedSet(new TreeSet<>(Objects.requireNonNullElse(released, Set.of())));
        rejected = List.copyOf(Objects.requireNonNullElse(rejected, List.of()));
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
    }

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public String happenedSince(Optional<? extends Fact> former) {
        var before = former.map(ClusterStatus.class::cast).filter(status -> status.uid.equals(uid));
        var knownIncarnation = before.flatMap(ClusterStatus::bootstrap)
                .map(Bootstrap::incarnation)
                .orElse(0);
        if (bootstrap.isPresent() && bootstrap.get().incarnation() > knownIncarnation) {
            return "bootstrap-prepared";
        }
        if (!before.map(ClusterStatus::released).orElse(Set.of()).containsAll(released)) {
            return "machines-released";
        }
        return StageStatus.super.happenedSince(former);
    }
}
