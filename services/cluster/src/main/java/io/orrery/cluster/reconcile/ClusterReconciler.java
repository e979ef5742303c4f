package io.orrery.cluster.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Stage;
import io.orrery.contracts.platform.Kubernetes;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.loop.Reconciler;

/** The cluster stage's whole work on one platform: found it, follow it, or take it down. */
public final class ClusterReconciler implements Reconciler {

    private final Facts facts;
    private final ManagedCluster managed;
    private final ExistingCluster existing;
    private final Removal removal;

    public ClusterReconciler(Facts facts, ManagedCluster managed, ExistingCluster existing, Removal removal) {
        this.facts = facts;
        this.managed = managed;
        this.existing = existing;
        this.removal = removal;
    }

    @Override
    public Outcome reconcile(PlatformName name) {
        var known = facts.about(name);
        if (known.isIn(Stage.CLUSTER, Phase.REMOVED)) {
            return new Outcome.Converged();
        }
        if (known.platform().isEmpty()) {
            return known.cluster()
                    .map(ClusterStatus::uid)
                    .map(uid -> removal.remove(known, uid))
                    .orElseGet(Outcome.Converged::new);
        }
        var platform = known.platform().get();
        if (platform.removing()) {
            return removal.remove(known, platform.uid());
        }
        return switch (platform.document().spec().kubernetes()) {
            case Kubernetes.Managed kubernetes -> managed.keep(known, platform, kubernetes);
            case Kubernetes.Existing kubernetes -> existing.keep(known, platform, kubernetes.existing());
        };
    }
}
