package io.orrery.provisioner;

import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topics;
import io.orrery.provisioner.openstack.CloudsYaml;
import io.orrery.provisioner.openstack.OpenStackClouds;
import io.orrery.provisioner.reconcile.Archive;
import io.orrery.provisioner.reconcile.Buckets;
import io.orrery.provisioner.reconcile.Clouds;
import io.orrery.provisioner.reconcile.InfrastructureReconciler;
import io.orrery.provisioner.reconcile.Lanes;
import io.orrery.provisioner.reconcile.Preview;
import io.orrery.provisioner.reconcile.Settings;
import io.orrery.provisioner.s3.S3Buckets;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.kafka.ActivityLog;
import io.orrery.reconciler.runtime.Stewardship;
import io.orrery.reconciler.seal.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes beans of what knows nothing of beans. */
@ApplicationScoped
class Fittings {

    /** Without vowels and look-alikes: no words, and nothing to misread aloud. */
    private static final String ALPHABET = "bcdfghjkmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;

    @Produces
    @Singleton
    Clouds clouds(ProvisionerConfig config, Clock clock, MeterRegistry meters) {
        var manners = new OpenStackClouds.Manners(
                config.cloud().connectTimeout(),
                config.cloud().answerTimeout(),
                config.cloud().inFlight(),
                config.cloud().perSecond(),
                config.cloud().pause(),
                config.cloud().rest());
        var yaml = CloudsYaml.bySearchPath(config.cloud().cloudsYaml(), System.getenv());
        return new OpenStackClouds(yaml, manners, clock, meters);
    }

    @Produces
    @Singleton
    Buckets buckets(@ConfigProperty(name = "orrery.credentials.folder") Path folder) {
        return new S3Buckets(folder);
    }

    @Produces
    @Singleton
    Archive archive(ProvisionerConfig config, Buckets buckets) {
        return new Archive(
                buckets,
                config.certificates()
                        .map(place -> new Archive.Place(
                                place.endpoint(), place.region().orElse(""), place.bucket(), place.credentials())));
    }

    @Produces
    @Singleton
    Stewardship stewardship(
            Facts facts,
            Instance<Facts.Teller> teller,
            Clouds clouds,
            Buckets buckets,
            Archive archive,
            Sealer sealer,
            Instance<ActivityLog> activities,
            ProvisionerConfig config,
            Clock clock) {
        var usual = Settings.USUAL;
        var settings = new Settings(
                config.lostAnswer(),
                config.longestBuild(),
                config.freshness(),
                config.leisure(),
                usual.offers(),
                config.soon(),
                usual.bucketCheck());
        var reconciler = new InfrastructureReconciler(
                facts,
                teller.get(),
                clouds,
                buckets,
                archive,
                sealer,
                activity -> activities.get().tell(activity),
                suffixes(),
                settings,
                clock);
        return new Stewardship(
                Set.of(Topics.PLATFORMS, Topics.CLUSTERS, Topics.TRACKING, Topics.WORKLOADS, Topics.OBSERVABILITY),
                new Lanes(
                        reconciler, name -> cloudOf(name, facts), config.cloud().platformsAtOnce()));
    }

    private static Optional<String> cloudOf(PlatformName platform, Facts facts) {
        return facts.about(platform)
                .platform()
                .flatMap(it -> it.document().spec().cloud())
                .map(it -> it.name());
    }

    @Produces
    @Singleton
    Preview preview(Facts facts, Clouds clouds, Clock clock) {
        return new Preview(facts, clouds, clock);
    }

    private static Supplier<String> suffixes() {
        var random = new SecureRandom();
        return () -> random.ints(SUFFIX, 0, ALPHABET.length())
                .mapToObj(index -> ALPHABET.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
