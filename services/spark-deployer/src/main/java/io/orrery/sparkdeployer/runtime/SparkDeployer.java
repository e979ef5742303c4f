package io.orrery.sparkdeployer.runtime;

import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.kafka.ActivityLog;
import io.orrery.reconciler.runtime.Stewardship;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sparkdeployer.fetch.HttpCatalogueFiles;
import io.orrery.sparkdeployer.kubernetes.KubernetesClusters;
import io.orrery.sparkdeployer.mounted.MountedCredentials;
import io.orrery.sparkdeployer.reconcile.Outside;
import io.orrery.sparkdeployer.reconcile.Preview;
import io.orrery.sparkdeployer.reconcile.Settings;
import io.orrery.sparkdeployer.reconcile.WorkloadsReconciler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the service together. */
@ApplicationScoped
class SparkDeployer {

    @Produces
    @Singleton
    KubernetesClusters clusters(Sealer sealer) {
        return new KubernetesClusters(sealer::open);
    }

    void close(@Disposes KubernetesClusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    HttpCatalogueFiles files(SparkDeployerConfig config) {
        return new HttpCatalogueFiles(
                config.catalogue().timeout(), config.catalogue().limit());
    }

    void close(@Disposes HttpCatalogueFiles files) {
        files.close();
    }

    @Produces
    @Singleton
    Outside outside(
            Sealer sealer,
            HttpCatalogueFiles files,
            @ConfigProperty(name = "orrery.credentials.folder") Path credentials) {
        return new Outside(sealer::open, new MountedCredentials(credentials), files);
    }

    @Produces
    @Singleton
    Preview preview(Facts facts, Outside outside) {
        return new Preview(facts, outside);
    }

    @Produces
    @Singleton
    Stewardship stewardship(
            Facts facts,
            Facts.Teller teller,
            KubernetesClusters clusters,
            Outside outside,
            ActivityLog log,
            SparkDeployerConfig config,
            Clock clock) {
        var settings = new Settings(config.poll(), config.patience(), config.giveUp());
        return new Stewardship(
                WorkloadsReconciler.WAKES,
                new WorkloadsReconciler(facts, teller, clusters, outside, log::tell, settings, clock));
    }
}
