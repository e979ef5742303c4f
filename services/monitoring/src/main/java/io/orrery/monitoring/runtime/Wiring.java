package io.orrery.monitoring.runtime;

import io.orrery.contracts.Topics;
import io.orrery.monitoring.activity.History;
import io.orrery.monitoring.kubernetes.KubernetesClusters;
import io.orrery.monitoring.reconcile.ObservabilityReconciler;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.runtime.Stewardship;
import io.orrery.reconciler.seal.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** Puts the parts together. */
@ApplicationScoped
class Wiring {

    @Produces
    @Singleton
    Stewardship stewardship(
            Facts facts,
            Facts.Teller teller,
            KubernetesClusters clusters,
            Sealer sealer,
            MonitoringConfig config,
            Clock clock) {
        return new Stewardship(
                Set.of(Topics.PLATFORMS, Topics.INFRASTRUCTURE, Topics.CLUSTERS),
                new ObservabilityReconciler(facts, teller, clusters, sealer, config.removalPatience(), clock));
    }

    @Produces
    @Singleton
    KubernetesClusters clusters(Sealer sealer) {
        return new KubernetesClusters(sealer);
    }

    void close(@Disposes KubernetesClusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    History history(MonitoringConfig config) {
        return new History(config.historyLines());
    }
}
