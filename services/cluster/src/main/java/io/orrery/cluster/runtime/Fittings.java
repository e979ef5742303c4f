package io.orrery.cluster.runtime;

import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.keys.RsaKeys;
import io.orrery.cluster.kubernetes.KubeconfigFolder;
import io.orrery.cluster.kubernetes.KubernetesClusters;
import io.orrery.cluster.reconcile.Accesses;
import io.orrery.cluster.reconcile.ClusterReconciler;
import io.orrery.cluster.reconcile.Clusters;
import io.orrery.cluster.reconcile.ExistingCluster;
import io.orrery.cluster.reconcile.Founder;
import io.orrery.cluster.reconcile.ManagedCluster;
import io.orrery.cluster.reconcile.Removal;
import io.orrery.cluster.reconcile.Settings;
import io.orrery.cluster.reconcile.ShortKubeconfigs;
import io.orrery.cluster.reconcile.Steps;
import io.orrery.cluster.reconcile.Telling;
import io.orrery.cluster.userdata.UserData;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.kafka.ActivityLog;
import io.orrery.reconciler.runtime.Stewardship;
import io.orrery.reconciler.runtime.Waker;
import io.orrery.reconciler.seal.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** Makes beans of what knows nothing of beans. */
@ApplicationScoped
class Fittings {

    @Produces
    @Singleton
    RsaKeys rsaKeys() {
        return new RsaKeys();
    }

    @Produces
    @Singleton
    Kubeconfigs kubeconfigs(ClusterConfig config, RsaKeys rsaKeys, Clock clock) {
        var direct = new Kubeconfigs(rsaKeys, clock);
        return config.kubeconfig().proxy().map(direct::through).orElse(direct);
    }

    @Produces
    @Singleton
    Founder founder(ClusterConfig config, RsaKeys rsaKeys, Sealer sealer, Clock clock) {
        var machines = config.machines();
        return new Founder(
                new KeyMaker(rsaKeys, clock), new UserData(machines.installer(), machines.kubeVipImage()), sealer);
    }

    @Produces
    @Singleton
    Accesses accesses(Kubeconfigs kubeconfigs, Founder founder, Sealer sealer, Settings settings, Clock clock) {
        return new Accesses(kubeconfigs, founder, sealer, settings.kubeconfigLife(), clock);
    }

    @Produces
    @Singleton
    ShortKubeconfigs shortKubeconfigs(ClusterConfig config, Kubeconfigs kubeconfigs, Founder founder) {
        return new ShortKubeconfigs(kubeconfigs, founder, config.kubeconfig().onDemandLife());
    }

    @Produces
    @Singleton
    KubernetesClusters clusters(ClusterConfig config, Waker waker, Clock clock) {
        return new KubernetesClusters(waker::wake, config.patience(), clock);
    }

    void close(@Disposes KubernetesClusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    Settings settings(ClusterConfig config) {
        return new Settings(
                config.joining().deadline(),
                config.drainDeadline(),
                config.probe(),
                config.removal().abandonAfter(),
                config.removal().releaseDeadline(),
                config.kubeconfig().life());
    }

    @Produces
    @Singleton
    ClusterReconciler reconciler(
            Facts facts,
            Facts.Teller teller,
            ActivityLog activities,
            Clusters clusters,
            Founder founder,
            Accesses accesses,
            Settings settings,
            ClusterConfig config,
            Clock clock) {
        var telling = new Telling(teller);
        var mounted = new KubeconfigFolder(config.kubeconfig().folder());
        return new ClusterReconciler(
                facts,
                new ManagedCluster(
                        founder, clusters, accesses, new Steps(activities::tell, clock), telling, settings, clock),
                new ExistingCluster(mounted, clusters, accesses, telling, settings, clock),
                new Removal(clusters, accesses, telling, settings, clock));
    }

    /** Woken by all but its own topic: of the later stages, by their removal. */
    @Produces
    @Singleton
    Stewardship stewardship(ClusterReconciler reconciler) {
        return new Stewardship(
                Set.of(
                        Topics.PLATFORMS,
                        Topics.INFRASTRUCTURE,
                        Topics.TRACKING,
                        Topics.WORKLOADS,
                        Topics.OBSERVABILITY),
                reconciler);
    }
}
