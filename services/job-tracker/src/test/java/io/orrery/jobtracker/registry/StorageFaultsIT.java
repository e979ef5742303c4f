package io.orrery.jobtracker.registry;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.query.QueryReader;
import io.orrery.jobtracker.query.Search;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.s3.S3Bodies;
import io.orrery.jobtracker.s3.TestBuckets;
import io.orrery.jobtracker.zookeeper.ZooKeeperBodies;
import io.orrery.jobtracker.zookeeper.ZooKeeperJobs;
import io.orrery.sandbox.testkit.TestBackbone;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the registry does while ZooKeeper or S3 fail it: the genuine programs, which are stopped, and started again. */
class StorageFaultsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static TestBackbone backbone;

    private final String backend = "b-" + UUID.randomUUID();
    private final Caller caller = new Caller("openeo", Set.of(backend));
    private final List<ZooKeeperJobs> opened = new ArrayList<>();
    private CuratorFramework zookeeper;
    private ZooKeeperJobs jobs;
    private S3Bodies bodies;
    private Registry registry;

    @BeforeAll
    static void start() {
        backbone = TestBackbone.start();
    }

    @AfterAll
    static void stop() {
        backbone.close();
    }

    @BeforeEach
    void begin() {
        zookeeper = CuratorFrameworkFactory.newClient(
                backbone.zookeeper().connectString(), 30_000, 15_000, new RetryNTimes(5, 100));
        zookeeper.start();
        jobs = replica();
        bodies = new S3Bodies(TestBuckets.make(backbone.s3()));
        registry = opened(bodies);
    }

    @AfterEach
    void end() {
        opened.forEach(ZooKeeperJobs::close);
        zookeeper.close();
        bodies.close();
    }

    @Test
    void storesNothingOfALargeJobWhileS3IsDownAndTakesSmallOnes() {
        backbone.s3().stop();
        try {
            assertThatThrownBy(() -> registry.create(caller, large("j-large"))).isInstanceOf(StoreException.class);
            assertThat(registry.find(id("j-large"))).isEmpty();
            assertThat(jobs.read(id("j-large"))).isEmpty();

            registry.create(caller, named("j-small"));
            assertThat(registry.search(caller, byId("j-small", "[\"*\"]"))).hasSize(1);
        } finally {
            backbone.s3().start();
        }
        registry.create(caller, large("j-large"));
    }

    @Test
    void showsAndChangesWhatItCanWhileS3IsDown() {
        registry.create(caller, large("j-large"));
        backbone.s3().stop();
        try {
            assertThat(registry.search(caller, byId("j-large", "[\"status\", \"title\"]")))
                    .containsExactly(json("{\"title\": \"Sentinel-2 of May\", \"status\": \"created\"}"));
            var whole = registry.search(caller, byId("j-large", "[\"*\"]"));
            assertThatThrownBy(whole::getFirst).isInstanceOf(StoreException.class);

            var patched = registry.patch(caller, id("j-large"), json("{\"status\": \"queued\"}"));
            assertThat(patched.path("status").asText()).isEqualTo("queued");
            assertThatThrownBy(() -> registry.patch(
                            caller,
                            id("j-large"),
                            json("{\"results_metadata\": {\"x\": \"" + "y".repeat(5_000) + "\"}}")))
                    .isInstanceOf(StoreException.class);
        } finally {
            backbone.s3().start();
        }
        assertThat(registry.search(caller, byId("j-large", "[\"*\"]")).getFirst())
                .isEqualTo(large("j-large").put("status", "queued"));
    }

    @Test
    void aWriteThatLosesItsSessionIsStoredOnceAndIsNeverAcknowledgedInVain() throws Exception {
        registry.create(caller, named("j-1"));
        var acknowledged = new ConcurrentSkipListSet<Integer>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 100).forEach(i -> threads.execute(() -> write(i, acknowledged)));
            for (var expired = 0; expired < 2; expired++) {
                var session = zookeeper.getZookeeperClient().getZooKeeper().getSessionId();
                zookeeper.getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
                await().atMost(DEADLINE)
                        .ignoreExceptions()
                        .until(() ->
                                zookeeper.getZookeeperClient().getZooKeeper().getSessionId() != session);
            }
        }

        await().atMost(DEADLINE).ignoreExceptions().until(() -> jobs.read(id("j-1"))
                .isPresent());
        var restarted = opened(bodies);
        assertThat(acknowledged).isNotEmpty().allSatisfy(i -> {
            assertThat(restarted.find(id("j-new-" + i))).isPresent();
            assertThat(restarted
                            .findWhole(id("j-1"))
                            .orElseThrow()
                            .document()
                            .path("usage")
                            .has("n" + i))
                    .isTrue();
        });
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(registry.ofBackend(backend).toList())
                        .isEqualTo(restarted.ofBackend(backend).toList()));
    }

    private void write(int i, Set<Integer> acknowledged) {
        try {
            registry.create(caller, named("j-new-" + i));
            registry.patch(caller, id("j-1"), json("{\"usage\": {\"n" + i + "\": {\"value\": 1}}}"));
            acknowledged.add(i);
        } catch (StoreException e) {
            assertThat(e).hasMessageStartingWith("cannot");
        }
    }

    @Test
    void refusesWhatIsLargerThanAMessageOfZooKeeperAndGoesOn() {
        var inZooKeeper = new ZooKeeperBodies(zookeeper);
        var small = opened(inZooKeeper);

        assertThatThrownBy(() -> small.create(caller, incompressible("j-huge", 2 * 1024 * 1024)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(413));
        var largest = incompressible("j-large", (int) inZooKeeper.largest() * 9 / 10);
        small.create(caller, largest);
        assertThat(small.findWhole(id("j-large")).orElseThrow().document()).isEqualTo(largest);
        var full = new byte[(int) inZooKeeper.largest()];
        inZooKeeper.put(BodyKey.of(backend, id("j-full"), full).toString(), full);
        assertThatThrownBy(() -> small.create(caller, named("j-wide").put("title", "x".repeat(600_000))))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    private Registry opened(BodyStore store) {
        var replica = new Registry(replica(), store, Clock.systemUTC());
        replica.open();
        await().atMost(DEADLINE).pollDelay(Duration.ZERO).until(replica::isLoaded);
        return replica;
    }

    private ZooKeeperJobs replica() {
        var replica = new ZooKeeperJobs(zookeeper);
        opened.add(replica);
        return replica;
    }

    /** Of Base64's 64 letters, which gzip makes three quarters of. */
    private ObjectNode incompressible(String name, int bytes) {
        var noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        return named(name).put("process", Base64.getEncoder().encodeToString(noise));
    }

    private ObjectNode large(String name) {
        return named(name).put("process", "{" + "x".repeat(10_000));
    }

    private ObjectNode named(String name) {
        return job(id(name), backend, "anna");
    }

    private String id(String name) {
        return name + "-" + backend;
    }

    private Search byId(String name, String source) {
        var query = "{\"query\": {\"term\": {\"job_id\": \"%s\"}}, \"_source\": %s}".formatted(id(name), source);
        return QueryReader.read(json(query), Clock.systemUTC().instant());
    }
}
