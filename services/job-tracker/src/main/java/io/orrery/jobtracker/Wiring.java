package io.orrery.jobtracker;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topics;
import io.orrery.jobtracker.issuer.Clients;
import io.orrery.jobtracker.issuer.IntrospectedTokens;
import io.orrery.jobtracker.issuer.Issuer;
import io.orrery.jobtracker.issuer.JwtTokens;
import io.orrery.jobtracker.issuer.MountedClients;
import io.orrery.jobtracker.issuer.Rotation;
import io.orrery.jobtracker.issuer.Tokens;
import io.orrery.jobtracker.kubernetes.ForwardedZooKeeper;
import io.orrery.jobtracker.kubernetes.KubernetesClusters;
import io.orrery.jobtracker.limits.OpenEoZooKeeper;
import io.orrery.jobtracker.limits.PodLimits;
import io.orrery.jobtracker.limits.ZooKeeperSession;
import io.orrery.jobtracker.reconcile.Credentials;
import io.orrery.jobtracker.reconcile.Followers;
import io.orrery.jobtracker.reconcile.IssuedCredentials;
import io.orrery.jobtracker.reconcile.MountedCredentials;
import io.orrery.jobtracker.reconcile.TrackerSettings;
import io.orrery.jobtracker.reconcile.TrackingReconciler;
import io.orrery.jobtracker.registry.BodyStore;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.s3.Place;
import io.orrery.jobtracker.s3.S3Bodies;
import io.orrery.jobtracker.s3.S3Buckets;
import io.orrery.jobtracker.zookeeper.ZooKeeperBodies;
import io.orrery.jobtracker.zookeeper.ZooKeeperClients;
import io.orrery.jobtracker.zookeeper.ZooKeeperJobs;
import io.orrery.jobtracker.zookeeper.ZooKeeperKeyVault;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.runtime.Stewardship;
import io.orrery.reconciler.runtime.ZooKeeperConfig;
import io.orrery.reconciler.runtime.ZooKeeperConnection;
import io.orrery.reconciler.seal.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.retry.ExponentialBackoffRetry;

/** Puts the parts together; none of them knows of beans. */
@ApplicationScoped
class Wiring {

    /** What an issuer said of a token. */
    private static final Duration BELIEVED = Duration.ofMinutes(1);
    /** At an issuer's keys. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    /** With openEO's ZooKeeper. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    @Produces
    @Singleton
    @JobsZooKeeper
    CuratorFramework zookeeper(ZooKeeperConfig config) {
        return ZooKeeperConnection.builder(config)
                .retryPolicy(new ExponentialBackoffRetry(100, 3, 1_000))
                .build();
    }

    @Produces
    @Singleton
    ZooKeeperJobs jobs(@JobsZooKeeper CuratorFramework zookeeper) {
        return new ZooKeeperJobs(zookeeper);
    }

    @Produces
    @Singleton
    @Typed(ZooKeeperClients.class)
    ZooKeeperClients madeClients(@JobsZooKeeper CuratorFramework zookeeper) {
        return new ZooKeeperClients(zookeeper);
    }

    @Produces
    @Singleton
    Clients clients(JobTrackerConfig config, ZooKeeperClients made) {
        return config.clients()
                .<Clients>map(file -> new MountedClients(file, made))
                .orElse(made);
    }

    @Produces
    @Singleton
    BodyStore bodies(JobTrackerConfig config, @JobsZooKeeper CuratorFramework zookeeper) {
        return config.s3()
                .<BodyStore>map(s3 -> new S3Bodies(
                        new Place(s3.endpoint(), s3.region().orElse(""), s3.bucket(), s3.accessKey(), s3.secretKey())))
                .orElseGet(() -> new ZooKeeperBodies(zookeeper));
    }

    @Produces
    @Singleton
    Registry registry(ZooKeeperJobs jobs, BodyStore bodies, Clock clock) {
        return new Registry(jobs, bodies, clock);
    }

    @Produces
    @Singleton
    @Typed(Issuer.class)
    Issuer issuer(
            JobTrackerConfig config,
            Clients clients,
            @JobsZooKeeper CuratorFramework zookeeper,
            Sealer sealer,
            Clock clock) {
        return new Issuer(
                below(config.publicUrl(), "issuer"),
                new Rotation(config.keyLife(), config.keyLead(), config.tokenLife()),
                clients,
                new ZooKeeperKeyVault(zookeeper, sealer),
                clock);
    }

    @Produces
    @Singleton
    Tokens tokens(JobTrackerConfig config, Issuer issuer, Clients clients, Clock clock) {
        return config.oidc().map(oidc -> tokensOf(oidc, clients, clock)).orElse(issuer);
    }

    private static Tokens tokensOf(JobTrackerConfig.Oidc oidc, Clients clients, Clock clock) {
        var audiences = oidc.audiences().orElse(Set.of());
        return oidc.introspection()
                .<Tokens>map(file -> new IntrospectedTokens(
                        oidc.issuer(), audiences, ownCredentials(file), BELIEVED, clients, clock))
                .orElseGet(() -> new JwtTokens(oidc.issuer(), audiences, BETWEEN_LOOKS, clients, clock));
    }

    private static IntrospectedTokens.Credentials ownCredentials(Path file) {
        try {
            var both = Files.readString(file).strip().split(":", 2);
            return new IntrospectedTokens.Credentials(both[0], both[1]);
        } catch (IOException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException(file + " must hold id:secret", e);
        }
    }

    @Produces
    @Singleton
    Credentials credentials(JobTrackerConfig config, Clients clients, Sealer sealer) {
        return config.oidc()
                .<Credentials>map(oidc -> new MountedCredentials(oidc.drivers(), clients, sealer))
                .orElseGet(() -> new IssuedCredentials(clients, sealer));
    }

    @Produces
    @Singleton
    TrackerSettings settings(JobTrackerConfig config) {
        var issuer = below(config.publicUrl(), "issuer");
        return new TrackerSettings(
                below(config.publicUrl(), "registry"),
                config.oidc().map(JobTrackerConfig.Oidc::issuer).orElse(issuer),
                config.lostGrace(),
                config.succeedingGrace(),
                FIRST_RETRY);
    }

    @Produces
    @Singleton
    Followers followers(
            Facts facts, Registry registry, Sealer sealer, TrackerSettings settings, Clock clock, Changes changes) {
        return new Followers(
                facts,
                registry,
                sealer,
                new KubernetesClusters(),
                new S3Buckets(),
                settings,
                clock,
                (PlatformName platform) -> changes.note(platform));
    }

    @Produces
    @Singleton
    PodLimits limits(JobTrackerConfig config, Facts facts, Sealer sealer) {
        return new PodLimits(config.openeoZookeeper()
                .<OpenEoZooKeeper>map(connect ->
                        platform -> ZooKeeperSession.at(connect.replace("%s", platform.value()), PATIENCE, () -> {}))
                .orElseGet(() -> new ForwardedZooKeeper(facts, sealer, PATIENCE)));
    }

    @Produces
    @Singleton
    Stewardship stewardship(
            Facts facts,
            Facts.Teller teller,
            Registry registry,
            Credentials credentials,
            Followers followers,
            TrackerSettings settings,
            Clock clock) {
        return new Stewardship(
                Set.of(
                        Topics.PLATFORMS,
                        Topics.CLUSTERS,
                        Topics.INFRASTRUCTURE,
                        Topics.WORKLOADS,
                        Topics.OBSERVABILITY),
                new TrackingReconciler(facts, teller, registry, credentials, followers, settings, clock));
    }

    private static URI below(URI url, String name) {
        return URI.create(url.toString().replaceAll("/+$", "") + "/" + name);
    }
}
