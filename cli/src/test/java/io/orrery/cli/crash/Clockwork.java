package io.orrery.cli.crash;

import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.keys.RsaKeys;
import io.orrery.cluster.reconcile.Accesses;
import io.orrery.cluster.reconcile.ClusterReconciler;
import io.orrery.cluster.reconcile.ExistingCluster;
import io.orrery.cluster.reconcile.Founder;
import io.orrery.cluster.reconcile.ManagedCluster;
import io.orrery.cluster.reconcile.MountedKubeconfigs;
import io.orrery.cluster.reconcile.Removal;
import io.orrery.cluster.reconcile.Steps;
import io.orrery.cluster.reconcile.Telling;
import io.orrery.cluster.userdata.UserData;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Platform;
import io.orrery.jobtracker.issuer.Clients;
import io.orrery.jobtracker.issuer.Issuer;
import io.orrery.jobtracker.issuer.Rotation;
import io.orrery.jobtracker.reconcile.Followers;
import io.orrery.jobtracker.reconcile.IssuedCredentials;
import io.orrery.jobtracker.reconcile.TrackerSettings;
import io.orrery.jobtracker.reconcile.TrackingReconciler;
import io.orrery.jobtracker.registry.JobStore;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.s3.S3Buckets;
import io.orrery.jobtracker.zookeeper.ZooKeeperBodies;
import io.orrery.jobtracker.zookeeper.ZooKeeperClients;
import io.orrery.jobtracker.zookeeper.ZooKeeperJobs;
import io.orrery.jobtracker.zookeeper.ZooKeeperKeyVault;
import io.orrery.monitoring.reconcile.ObservabilityReconciler;
import io.orrery.provisioner.openstack.CloudsYaml;
import io.orrery.provisioner.openstack.OpenStackClouds;
import io.orrery.provisioner.reconcile.Archive;
import io.orrery.provisioner.reconcile.InfrastructureReconciler;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Reconciler;
import io.orrery.reconciler.runtime.Waker;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.boot.LinkSettings;
import io.orrery.sandbox.boot.LinkedFirmware;
import io.orrery.sandbox.controllers.Controllers;
import io.orrery.sandbox.controllers.Settings;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import io.orrery.sandbox.controllers.kubelet.PodAddresses;
import io.orrery.sandbox.controllers.openeo.OpenEoWorkloads;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.model.Timings;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sparkdeployer.reconcile.Outside;
import io.orrery.sparkdeployer.reconcile.WorkloadsReconciler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;

/**
 * All five services in one process, on an emulated cloud of their own, with ZooKeeper and S3 as they are. Facts are told
 * through memory; everything else goes over the wire.
 */
final class Clockwork implements AutoCloseable {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final PodAddresses PODS = new PodAddresses("127.112.0.0/16");
    private static final PodAddresses LOAD_BALANCERS = new PodAddresses("127.113.0.0/16");

    /** Found once: what is tested here is not arithmetic. */
    private static final KeyPair KEY = RsaKeys.find();

    private static final RsaKeys KEYS = new RsaKeys(() -> KEY);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final FactTables facts = new FactTables();
    private final LocalTeller teller = new LocalTeller(facts, CLOCK);
    private final AtomicInteger suffixes = new AtomicInteger();
    private final Fate fate;
    private final Path folder;
    private final CuratorFramework zookeeper;
    private final Sealer sealer;
    private final FrontDoor door;
    private final Map<String, String> s3Keys;
    private final LinkedFirmware firmware;
    private final OpenStackEmulator cloud;

    /**
     * @param folder an empty one
     * @param slice makes addresses and ZooKeeper's nodes this one's own
     */
    Clockwork(Fate fate, TestBackbone backbone, CuratorFramework zookeeper, Path folder, int slice) throws Exception {
        this.fate = fate;
        this.folder = folder;
        this.zookeeper = zookeeper.usingNamespace(folder.getFileName().toString());
        var s3 = backbone.s3();
        s3Keys = Map.of("access_key", s3.accessKey(), "secret_key", s3.secretKey());
        Files.writeString(
                Files.createDirectories(folder.resolve("credentials")).resolve("keys"),
                s3Keys.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        var keysets = new Keysets(folder.resolve("keys"));
        keysets.create();
        sealer = new Sealer(keysets);
        door = part(new FrontDoor());
        firmware = part(new LinkedFirmware(link()));
        cloud = part(OpenStackEmulator.start(OpenStackSettings.defaults()
                .withTimings(new Timings(SOON, MOMENT, MOMENT, MOMENT, MOMENT, Duration.ZERO))
                .withFloatingRange("127." + (114 + slice) + ".0.0/16")
                .withS3(s3.endpoint())
                .withFirmware(firmware)));
        Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
        start(this::provisioner);
        start(this::cluster);
        start(this::sparkDeployer);
        start(this::jobTracker);
        start(this::monitoring);
    }

    private static LinkSettings link() {
        var controllers = Settings.defaults().withLoadBalancers(LOAD_BALANCERS);
        return LinkSettings.bare()
                .withStart(SOON)
                .withKubelet(KubeletSettings.defaults()
                        .withPodStart(MOMENT)
                        .withPodAddresses(PODS)
                        .withWorkloads(OpenEoWorkloads.standard()))
                .withControllers(client -> {
                    createStorageClass(client);
                    return Controllers.start(client, controllers);
                });
    }

    private static void createStorageClass(KubernetesClient client) {
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("standard")
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                        .endMetadata()
                        .withProvisioner("cinder.csi.openstack.org")
                        .build())
                .create();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private void start(Service.Blueprint blueprint) {
        part(new Service(facts, teller, fate, blueprint));
    }

    private Reconciler provisioner(
            Fate.Mortal process, Facts.Teller voice, Waker waker, Deque<AutoCloseable> belongings) {
        var manners = new OpenStackClouds.Manners(Duration.ofSeconds(5), Duration.ofSeconds(10), 16)
                .with(1000, Duration.ofMillis(5), Duration.ofMillis(50));
        var yaml = new CloudsYaml(List.of(folder.resolve("clouds.yaml")));
        var clouds = new OpenStackClouds(yaml, manners, CLOCK, new SimpleMeterRegistry());
        var buckets = fate.watch(
                process,
                io.orrery.provisioner.reconcile.Buckets.class,
                new io.orrery.provisioner.s3.S3Buckets(folder.resolve("credentials")));
        return new InfrastructureReconciler(
                facts,
                voice,
                fate.watch(process, io.orrery.provisioner.reconcile.Clouds.class, clouds),
                buckets,
                new Archive(buckets, Optional.empty()),
                sealer,
                activity -> {},
                () -> "s" + suffixes.incrementAndGet(),
                new io.orrery.provisioner.reconcile.Settings(
                        Duration.ofMillis(500), LONG, Duration.ZERO, Duration.ZERO, LONG, SOON, LONG),
                CLOCK);
    }

    private Reconciler cluster(Fate.Mortal process, Facts.Teller voice, Waker waker, Deque<AutoCloseable> belongings) {
        var genuine = new io.orrery.cluster.kubernetes.KubernetesClusters(waker::wake, Duration.ofSeconds(5), CLOCK);
        belongings.push(genuine);
        var clusters = fate.watch(process, io.orrery.cluster.reconcile.Clusters.class, genuine);
        var kubeconfigs = new Kubeconfigs(KEYS, CLOCK);
        var founder = new Founder(
                new KeyMaker(KEYS, CLOCK), new UserData(URI.create("https://get.rke2.io"), "kube-vip"), sealer);
        var settings = new io.orrery.cluster.reconcile.Settings(LONG, LONG, SOON, LONG, LONG, Duration.ofDays(7));
        var accesses = new Accesses(kubeconfigs, founder, sealer, settings.kubeconfigLife(), CLOCK);
        var telling = new Telling(voice);
        MountedKubeconfigs mounted = name -> {
            throw new MountedKubeconfigs.UnusableException("there is none");
        };
        return new ClusterReconciler(
                facts,
                new ManagedCluster(
                        founder, clusters, accesses, new Steps(activity -> {}, CLOCK), telling, settings, CLOCK),
                new ExistingCluster(mounted, clusters, accesses, telling, settings, CLOCK),
                new Removal(clusters, accesses, telling, settings, CLOCK));
    }

    private Reconciler sparkDeployer(
            Fate.Mortal process, Facts.Teller voice, Waker waker, Deque<AutoCloseable> belongings) {
        var genuine = new io.orrery.sparkdeployer.kubernetes.KubernetesClusters(sealer::open);
        belongings.push(genuine);
        var outside = new Outside(sealer::open, name -> Optional.of(s3Keys), (url, digest) -> {
            throw new AssertionError("the catalogue is inline");
        });
        return new WorkloadsReconciler(
                facts,
                voice,
                fate.watch(process, io.orrery.sparkdeployer.reconcile.Clusters.class, genuine),
                outside,
                activity -> {},
                new io.orrery.sparkdeployer.reconcile.Settings(SOON, LONG, LONG),
                CLOCK);
    }

    private Reconciler jobTracker(Fate.Mortal process, Facts.Teller voice, Waker waker, Deque<AutoCloseable> belongings)
            throws Exception {
        var jobs = new ZooKeeperJobs(zookeeper);
        var clients = new ZooKeeperClients(zookeeper);
        belongings.push(jobs);
        belongings.push(clients);
        clients.open();
        var registry = new Registry(fate.watch(process, JobStore.class, jobs), new ZooKeeperBodies(zookeeper), CLOCK);
        registry.open();
        door.serve(new Issuer(
                door.issuer(),
                new Rotation(Duration.ofDays(30), Duration.ofHours(1), Duration.ofHours(1)),
                clients,
                new ZooKeeperKeyVault(zookeeper, sealer),
                CLOCK));
        var settings = new TrackerSettings(door.registry(), door.issuer(), LONG, LONG, SOON);
        var followers = new Followers(
                facts,
                registry,
                sealer,
                fate.watch(
                        process,
                        io.orrery.jobtracker.reconcile.Clusters.class,
                        new io.orrery.jobtracker.kubernetes.KubernetesClusters()),
                new S3Buckets(),
                settings,
                CLOCK,
                waker::wake);
        belongings.push(followers);
        var credentials = new IssuedCredentials(fate.watch(process, Clients.class, clients), sealer);
        return new TrackingReconciler(facts, voice, registry, credentials, followers, settings, CLOCK);
    }

    private Reconciler monitoring(
            Fate.Mortal process, Facts.Teller voice, Waker waker, Deque<AutoCloseable> belongings) {
        var genuine = new io.orrery.monitoring.kubernetes.KubernetesClusters(sealer);
        belongings.push(genuine);
        return new ObservabilityReconciler(
                facts,
                voice,
                fate.watch(process, io.orrery.monitoring.reconcile.Clusters.class, genuine),
                sealer,
                LONG,
                CLOCK);
    }

    void wish(PlatformName name, Platform document) {
        teller.tell(new PlatformStatus(
                name, new Uid(UUID.randomUUID()), 1, document, false, Optional.empty(), CLOCK.instant()));
    }

    void wishRemoval(PlatformName name) {
        var former = facts.about(name).platform().orElseThrow();
        teller.tell(new PlatformStatus(
                name,
                former.uid(),
                former.generation(),
                former.document(),
                false,
                Optional.of(new PlatformStatus.Removal(CLOCK.instant(), false, Set.of())),
                former.created()));
    }

    boolean isReady(PlatformName name) {
        var about = facts.about(name);
        return List.of(Stage.values()).stream().allMatch(stage -> about.isIn(stage, Phase.READY));
    }

    /** Removed by all, and the wish forgotten. */
    boolean isGone(PlatformName name) {
        var about = facts.about(name);
        return about.isIn(Stage.INFRASTRUCTURE, Phase.REMOVED)
                && about.platform().isEmpty();
    }

    /** How many things of each kind there are on the cloud that are ours. Floating IPs have no name there. */
    Map<String, Long> standing() {
        return cloud.inventory().kinds().entrySet().stream()
                .flatMap(kind -> kind.getValue().stream()
                        .filter(item -> kind.getKey().equals("floatingip")
                                || String.valueOf(item.name()).startsWith("orrery-"))
                        .map(item -> kind.getKey()))
                .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
    }

    /** How many things of each kind were ever made there. Of rules Neutron makes some itself, and none twice. */
    Map<String, Long> made() {
        return cloud.ledger().stream()
                .filter(entry -> !entry.kind().equals("security-group-rule"))
                .collect(Collectors.groupingBy(entry -> entry.kind(), Collectors.counting()));
    }

    int clusters() {
        return firmware.clusters().size();
    }

    /** What the job registry still holds of anybody, by the path of its node. */
    List<String> clients() throws Exception {
        return zookeeper.checkExists().forPath("/orrery/job-clients") == null
                ? List.of()
                : zookeeper.getChildren().forPath("/orrery/job-clients");
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IOException("it did not end in order", e);
            }
        }
    }
}
