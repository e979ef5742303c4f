package io.orrery.cluster;

import static io.orrery.cluster.Samples.DEMO;
import static io.orrery.cluster.Samples.UID;
import static io.orrery.cluster.Samples.agent;
import static io.orrery.cluster.Samples.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.kubernetes.KubernetesClusters;
import io.orrery.cluster.reconcile.Accesses;
import io.orrery.cluster.reconcile.ClusterReconciler;
import io.orrery.cluster.reconcile.ExistingCluster;
import io.orrery.cluster.reconcile.Founder;
import io.orrery.cluster.reconcile.ManagedCluster;
import io.orrery.cluster.reconcile.MountedKubeconfigs;
import io.orrery.cluster.reconcile.Removal;
import io.orrery.cluster.reconcile.Settings;
import io.orrery.cluster.reconcile.Steps;
import io.orrery.cluster.reconcile.Telling;
import io.orrery.cluster.userdata.UserData;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.ClusterStatus.Node;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot.State;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Backoff;
import io.orrery.reconciler.loop.Loop;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From user-data to nodes and back: the whole stage but Kafka, on machines that boot as RKE2's do. */
class MachinesIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();

    private final FactTables facts = new FactTables();
    private final LocalTeller teller = new LocalTeller(facts, CLOCK);
    private final AtomicReference<Loop> loop = new AtomicReference<>();
    private final KubernetesClusters clusters = new KubernetesClusters(this::wake, Duration.ofSeconds(5), CLOCK);
    private MachinePark park;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        var keysets = new Keysets(folder);
        keysets.create();
        var sealer = new Sealer(keysets);
        park = new MachinePark(teller, sealer, DEMO, UID, loopback());
        loop.set(new Loop(
                new Loop.Settings(
                        Duration.ofSeconds(5),
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
                        4,
                        Duration.ofSeconds(5)),
                reconciler(sealer),
                platform -> true,
                (platform, outcome) -> {},
                CLOCK));
        facts.onChange((topic, platform) -> {
            if (!topic.equals(Topics.CLUSTERS)) {
                wake(platform);
            }
        });
        teller.tell(Samples.platform());
        park.plan(
                server("s1", State.PLANNED),
                server("s2", State.PLANNED),
                server("s3", State.PLANNED),
                agent("a1", State.PLANNED),
                agent("a2", State.PLANNED));
    }

    @AfterEach
    void stop() {
        loop.get().close();
        clusters.close();
        park.close();
    }

    @Test
    void machinesOfEachRoleBootIntoReadyNodes() {
        var status = standing();

        assertThat(status.nodes()).extracting(Node::name).containsExactly("a1", "a2", "s1", "s2", "s3");
        assertThat(status.nodes()).allMatch(Node::ready);
        assertThat(status.bootstrap().flatMap(Bootstrap::init)).isEmpty();
    }

    @Test
    void fromThreeServersToOneTheApiAnswersAllTheWay() {
        standing();
        park.set("s3", State.RETIRING);
        park.set("s2", State.RETIRING);
        park.set("a2", State.RETIRING);

        await().atMost(DEADLINE).untilAsserted(() -> {
            park.letGo(status());
            assertThat(status().phase()).isNotEqualTo(Phase.REMOVED);
            assertThat(park.slots()).containsExactly("s1", "a1");
        });

        var after = told(status -> status.nodes().size() == 2 && status.phase() == Phase.READY);
        assertThat(after.nodes()).extracting(Node::name).containsExactly("a1", "s1");
    }

    @Test
    void aMachineThatVanishedIsReplacedByOneOfAnotherName() {
        standing();
        park.end("a2");
        park.plan(agent("a3", State.PLANNED));
        park.boot(status());

        told(status -> status.nodes().stream().anyMatch(node -> node.name().equals("a3") && node.ready()));
    }

    @Test
    void theFirstServersLossBeforeReadyBeginsAClusterWithOtherSecrets() {
        told(status -> status.bootstrap().isPresent());
        park.end("s1");
        park.plan(server("s4", State.PLANNED));
        told(status -> status.bootstrap()
                .filter(bootstrap -> bootstrap.incarnation() == 2)
                .isPresent());

        park.boot(status());

        var status = told(is(Phase.READY));
        assertThat(status.bootstrap().orElseThrow().incarnation()).isEqualTo(2);
        assertThat(status.nodes()).extracting(Node::name).containsExactly("a1", "a2", "s2", "s3", "s4");
    }

    @Test
    void isRemovedOnceAllWhoBuildOnItAreGone() {
        standing();
        teller.tell(Samples.removing(Samples.platform()));
        told(is(Phase.REMOVING));

        Samples.laterStages(Phase.REMOVED).forEach(teller::tell);

        assertThat(told(is(Phase.REMOVED)).abandoned()).isEmpty();
    }

    private ClusterStatus standing() {
        told(status -> status.bootstrap().isPresent());
        park.boot(status());
        return told(status -> status.phase() == Phase.READY
                && status.nodes().stream().filter(Node::ready).count() == 5);
    }

    private ClusterStatus told(Predicate<ClusterStatus> condition) {
        await().atMost(DEADLINE)
                .until(() -> facts.about(DEMO).of(Stage.CLUSTER).isPresent() && condition.test(status()));
        return status();
    }

    private static Predicate<ClusterStatus> is(Phase phase) {
        return status -> status.phase() == phase;
    }

    private ClusterStatus status() {
        return facts.about(DEMO).cluster().orElseThrow();
    }

    private void wake(PlatformName platform) {
        loop.get().wake(platform);
    }

    private ClusterReconciler reconciler(Sealer sealer) {
        var settings = new Settings(
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                Duration.ofMillis(200),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofDays(7));
        var founder = new Founder(
                new KeyMaker(Samples.rsaKeys(), CLOCK),
                new UserData(URI.create("https://get.rke2.io"), "kube-vip"),
                sealer);
        var accesses = new Accesses(
                new Kubeconfigs(Samples.rsaKeys(), CLOCK), founder, sealer, settings.kubeconfigLife(), CLOCK);
        var telling = new Telling(teller);
        MountedKubeconfigs none = name -> {
            throw new MountedKubeconfigs.UnusableException("none");
        };
        return new ClusterReconciler(
                facts,
                new ManagedCluster(
                        founder, clusters, accesses, new Steps(activity -> {}, CLOCK), telling, settings, CLOCK),
                new ExistingCluster(none, clusters, accesses, telling, settings, CLOCK),
                new Removal(clusters, accesses, telling, settings, CLOCK));
    }

    private static String loopback() {
        var random = ThreadLocalRandom.current();
        return "127.68." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    }
}
