package io.orrery.cluster.reconcile;

import io.orrery.cluster.plan.Standing;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.reconciler.facts.Facts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes whole statuses and tells them. */
public final class Telling {

    private final Facts.Teller teller;

    public Telling(Facts.Teller teller) {
        this.teller = teller;
    }

    /** Conditions keep the time at which their status was first told. */
    void tell(ClusterStatus status, Optional<ClusterStatus> former) {
        var before = former.map(ClusterStatus::conditions).orElse(List.of());
        teller.tell(with(
                status,
                status.phase(),
                status.conditions().stream()
                        .map(condition -> condition.after(before))
                        .toList()));
    }

    static ClusterStatus status(
            PlatformStatus platform, Standing standing, Optional<Bootstrap> bootstrap, Optional<Access> access) {
        return new ClusterStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                standing.phase(),
                standing.conditions(),
                bootstrap,
                access,
                standing.nodes(),
                standing.released(),
                standing.rejected(),
                List.of());
    }

    static Standing plain(Phase phase, List<Condition> conditions) {
        return new Standing(phase, conditions, List.of(), Set.of(), List.of());
    }

    /** The same, in another phase and under other conditions. */
    static ClusterStatus with(ClusterStatus status, Phase phase, List<Condition> conditions) {
        return new ClusterStatus(
                status.platform(),
                status.uid(),
                status.observedGeneration(),
                phase,
                conditions,
                status.bootstrap(),
                status.access(),
                status.nodes(),
                status.released(),
                status.rejected(),
                status.abandoned());
    }
}
