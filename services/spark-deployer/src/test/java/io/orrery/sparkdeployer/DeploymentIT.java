package io.orrery.sparkdeployer;

import static io.orrery.sparkdeployer.harness.World.ONE_COLLECTION;
import static io.orrery.sparkdeployer.harness.World.TWO_COLLECTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.orrery.contracts.Phase;
import io.orrery.sparkdeployer.harness.EmulatedCluster;
import io.orrery.sparkdeployer.harness.StubRegistry;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.kubernetes.KubernetesClusters;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole stage against an emulated cluster on the wire, whose openEO starts as strictly as the real one. */
class DeploymentIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final EmulatedCluster cluster = EmulatedCluster.start();
    private final StubRegistry registry = StubRegistry.start();
    private final KubernetesClusters clusters =
            new KubernetesClusters((uid, secret) -> Base64.getDecoder().decode(secret.ciphertext()));
    private final World world = new World(clusters);

    @BeforeEach
    void everythingElseIsThere() {
        world.wishInline(ONE_COLLECTION)
                .bucket()
                .registry(registry.api(), registry.issuer())
                .cluster(Phase.READY, cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        clusters.close();
        registry.close();
        cluster.close();
    }

    @Test
    void isReadyOnceOpenEoHasAnsweredAndListsItsCollections() {
        until(Phase.READY);

        assertThat(world.status().evidence()).hasValueSatisfying(evidence -> {
            assertThat(evidence.apiVersion()).isEqualTo("1.2.0");
            assertThat(evidence.backendVersion()).isNotEmpty();
            assertThat(evidence.collections()).isEqualTo(1);
        });
        assertThat(world.status().openeo()).hasToString("Optional[http://openeo.example.org/openeo/1.2]");
    }

    @Test
    void restartsOpenEoWithAChangedCatalogue() {
        until(Phase.READY);
        var before = driver();

        world.wishInline(TWO_COLLECTIONS);
        world.pass();
        assertThat(world.status().phase()).isEqualTo(Phase.PROGRESSING);
        until(Phase.READY);

        assertThat(world.status().evidence().orElseThrow().collections()).isEqualTo(2);
        assertThat(driver().getMetadata().getUid())
                .isNotEqualTo(before.getMetadata().getUid());
    }

    private Pod driver() {
        return cluster.client()
                .pods()
                .inNamespace("spark-jobs")
                .withName("openeo-driver")
                .get();
    }

    private void until(Phase phase) {
        soon().untilAsserted(() -> {
            world.pass();
            assertThat(world.status().phase())
                    .as(() -> world.status().toString())
                    .isEqualTo(phase);
        });
    }

    private static ConditionFactory soon() {
        return await().atMost(DEADLINE).pollInterval(Duration.ofMillis(100));
    }
}
