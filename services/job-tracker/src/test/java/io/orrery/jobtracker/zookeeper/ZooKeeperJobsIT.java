package io.orrery.jobtracker.zookeeper;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orrery.jobtracker.issuer.Client;
import io.orrery.jobtracker.model.Change;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.registry.RegistryException;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on a genuine ZooKeeper. */
@ExtendWith(BackboneExtension.class)
class ZooKeeperJobsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String backend = "b-" + UUID.randomUUID();
    private final Caller caller = new Caller("openeo", Set.of(backend));
    private CuratorFramework zookeeper;
    private ZooKeeperJobs jobs;
    private ZooKeeperJobs replicasJobs;
    private Registry registry;
    private Registry replica;

    @BeforeEach
    void begin(TestBackbone backbone) {
        zookeeper = CuratorFrameworkFactory.newClient(
                backbone.zookeeper().connectString(), 30_000, 15_000, new RetryNTimes(1, 100));
        zookeeper.start();
        jobs = new ZooKeeperJobs(zookeeper);
        replicasJobs = new ZooKeeperJobs(zookeeper);
        registry = opened(jobs);
        replica = opened(replicasJobs);
    }

    @AfterEach
    void end() {
        jobs.close();
        replicasJobs.close();
        zookeeper.close();
    }

    @Test
    void whatOneReplicaHasAcknowledgedTheOtherChanges() {
        var id = newId();
        registry.create(caller, job(id, backend, "anna"));

        replica.patch(caller, id, json("{\"status\": \"queued\"}"));

        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(registry.find(id)).isEqualTo(replica.find(id)));
    }

    @Test
    void knowsAllJobsAfterARestart() {
        var ids = IntStream.range(0, 50).mapToObj(i -> newId()).toList();
        ids.forEach(id -> registry.create(caller, job(id, backend, "anna")));

        try (var restarted = new ZooKeeperJobs(zookeeper)) {
            var after = opened(restarted);
            assertThat(after.ofBackend(backend)).hasSize(50);
        }
    }

    @Test
    void anIdIsNeverAPath() {
        var ids = new String[] {"../../etc", ".", "..", "a/b", "ü%2f\u0000 ", "zookeeper"};
        for (var id : ids) {
            var unique = id + UUID.randomUUID();
            registry.create(caller, job("x", backend, "anna/../bob").put("job_id", unique));
            await().atMost(DEADLINE).until(() -> replica.find(unique).isPresent());
        }

        assertThat(registry.ofBackend(backend)).hasSize(ids.length);
    }

    @Test
    void anIdBelongsToOneBackendOnly() {
        var id = newId();
        registry.create(caller, job(id, backend, "anna"));
        var others = new Caller("others", Set.of("other-" + backend));

        assertThatThrownBy(() -> replica.create(others, job(id, "other-" + backend, "anna")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void losesNoUpdateWhenTwoReplicasChangeOneJobAThousandTimes() {
        var id = newId();
        registry.create(caller, job(id, backend, "anna"));

        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 1_000)
                    .forEach(i -> threads.execute(() ->
                            (i % 2 == 0 ? registry : replica).change(id, "test", job -> Optional.of(costs(job)))));
        }

        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(registry.find(id).orElseThrow().document().path("costs").asInt())
                    .isEqualTo(1_000);
            assertThat(replica.find(id)).isEqualTo(registry.find(id));
        });
    }

    private static Change costs(Job job) {
        var more = job.document().path("costs").asInt() + 1;
        return new Change(json("{\"costs\": " + more + "}"), Optional.empty());
    }

    @Test
    void removesABackendForEveryReplicaAndLeavesNothing() throws Exception {
        var id = newId();
        registry.create(caller, job(id, backend, "anna"));
        await().atMost(DEADLINE).until(() -> replica.find(id).isPresent());

        registry.removeBackend(backend);

        await().atMost(DEADLINE).until(() -> replica.find(id).isEmpty());
        assertThat(zookeeper.checkExists().forPath(Paths.job(id))).isNull();
        registry.removeBackend(backend);
        registry.create(caller, job(id, backend, "anna"));
    }

    @Test
    void acknowledgesNothingWhileZooKeeperIsGoneAndGoesOnAfterwards() {
        try (var own = TestBackbone.start();
                var client = CuratorFrameworkFactory.newClient(
                        own.zookeeper().connectString(), 10_000, 1_000, new RetryNTimes(1, 100))) {
            client.start();
            try (var store = new ZooKeeperJobs(client)) {
                var alone = opened(store);
                alone.create(caller, job("j-before", backend, "anna"));
                own.zookeeper().stop();

                assertThatThrownBy(() -> alone.create(caller, job("j-during", backend, "anna")))
                        .isInstanceOf(StoreException.class);
                assertThat(alone.find("j-during")).isEmpty();
                assertThat(alone.find("j-before")).isPresent();

                own.zookeeper().start();
                await().atMost(DEADLINE).ignoreExceptions().until(() -> {
                    alone.patch(caller, "j-before", json("{\"status\": \"queued\"}"));
                    return true;
                });
            }
        }
    }

    @Test
    void replicasAgreeOnTheSigningKeysAndTheFirstToChangeThemWins(@TempDir Path folder) throws Exception {
        var keysets = new Keysets(folder);
        keysets.create();
        var apart = zookeeper.usingNamespace(backend);
        var vault = new ZooKeeperKeyVault(apart, new Sealer(keysets));
        var replicas = new ZooKeeperKeyVault(apart, new Sealer(keysets));
        assertThat(vault.read()).isEmpty();

        vault.create("first");
        replicas.create("second");
        var former = replicas.read().orElseThrow();
        assertThat(former.keys()).isEqualTo("first");
        replicas.replace(former, "third");
        vault.replace(former, "fourth");

        assertThat(vault.read().orElseThrow().keys()).isEqualTo("third");
        assertThat(new String(apart.getData().forPath("/orrery/job-issuer/signing-keys"), UTF_8))
                .doesNotContain("third");
    }

    @Test
    void replicasAgreeOnClients() throws Exception {
        try (var clients = new ZooKeeperClients(zookeeper);
                var others = new ZooKeeperClients(zookeeper)) {
            clients.open();
            others.open();
            clients.put(Client.of("openeo/" + backend, "secret", Set.of(backend)));
            assertThat(others.find("openeo/" + backend))
                    .contains(Client.of("openeo/" + backend, "secret", Set.of(backend)));
            clients.remove("openeo/" + backend);
            clients.remove("openeo/" + backend);
            await().atMost(DEADLINE)
                    .until(() -> others.find("openeo/" + backend).isEmpty());
        }
    }

    private Registry opened(ZooKeeperJobs store) {
        var registry = new Registry(store, new ZooKeeperBodies(zookeeper), Clock.systemUTC());
        registry.open();
        await().atMost(DEADLINE).until(registry::isLoaded);
        return registry;
    }

    private static String newId() {
        return "j-" + UUID.randomUUID();
    }
}
