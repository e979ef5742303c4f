package io.orrery.sparkdeployer;

import static io.orrery.sparkdeployer.harness.World.ONE_COLLECTION;
import static io.orrery.sparkdeployer.harness.World.TWO_COLLECTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.WorkloadStatus.Release;
import io.orrery.sparkdeployer.harness.EmulatedCluster;
import io.orrery.sparkdeployer.harness.StubRegistry;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.kubernetes.KubernetesClusters;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.plan.Verdict;
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
        until(() -> assertThat(world.status().releases()).allMatch(Release::ready));
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

    @Test
    void saysInPlainWordsWhyOpenEoDoesNotStartAndIsReadyOnceItDoes() {
        registry.health(503);
        soon().untilAsserted(() -> {
            world.pass();
            assertThat(condition("OpenEoAnswers").message())
                    .contains("its log ends with", "EJR health check failed: 503");
        });
        assertThat(world.status().phase()).isEqualTo(Phase.PROGRESSING);

        registry.health(200);
        until(Phase.READY);
    }

    @Test
    void mendsWhatOthersDeleteAndEdit() {
        until(Phase.READY);
        var client = cluster.client();
        client.network()
                .v1()
                .ingresses()
                .inNamespace("spark-jobs")
                .withName("openeo")
                .delete();
        client.services().inNamespace("spark-jobs").withName("openeo").edit(service -> new ServiceBuilder(service)
                .editSpec()
                .addToSelector("spark-role", "executor")
                .endSpec()
                .build());

        until(Phase.READY);

        assertThat(client.network()
                        .v1()
                        .ingresses()
                        .inNamespace("spark-jobs")
                        .withName("openeo")
                        .get())
                .isNotNull();
        assertThat(client.services()
                        .inNamespace("spark-jobs")
                        .withName("openeo")
                        .get()
                        .getSpec()
                        .getSelector())
                .containsEntry("spark-role", "driver");
        assertThat(world.done()).contains("mend Service spark-jobs/openeo", "create Ingress spark-jobs/openeo");
    }

    @Test
    void writesNothingOnceItHasConverged() {
        until(Phase.READY);
        soon().untilAsserted(() -> {
            var before = world.done().size();
            world.pass();
            assertThat(world.done()).hasSize(before);
        });
    }

    @Test
    void leavesAStrangersObjectInABorrowedNamespaceAsItIs() {
        var client = cluster.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("spark-jobs")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("spark-jobs")
                        .withName("openeo-backendconfig")
                        .endMetadata()
                        .addToData("mine", "yes")
                        .build())
                .create();

        soon().untilAsserted(() -> {
            world.pass();
            assertThat(condition("ManifestsApplied").message()).contains("ConfigMap spark-jobs/openeo-backendconfig");
        });

        assertThat(client.configMaps()
                        .inNamespace("spark-jobs")
                        .withName("openeo-backendconfig")
                        .get()
                        .getData())
                .containsOnlyKeys("mine");
        assertThat(client.namespaces()
                        .withName("spark-jobs")
                        .get()
                        .getMetadata()
                        .getLabels())
                .doesNotContainKey(Marks.PLATFORM);
    }

    @Test
    void goesOnAfterTheApiServerWasAway() {
        until(Phase.READY);
        cluster.server().pause();
        world.pass();
        assertThat(world.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(condition("ClusterReachable").status()).isEqualTo(Condition.Status.FALSE);

        cluster.server().resume();
        until(Phase.READY);
    }

    @Test
    void leavesNothingBehindBatchJobsAndVolumesIncluded() {
        var client = cluster.client();
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("cinder")
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                        .endMetadata()
                        .withProvisioner("cinder.csi.openstack.org")
                        .withReclaimPolicy("Delete")
                        .build())
                .create();
        until(() -> assertThat(world.status().releases()).hasSize(3).allMatch(Release::ready));
        assertThat(client.persistentVolumes().list().getItems()).hasSize(1);
        var web = client.genericKubernetesResources("sparkoperator.k8s.io/v1beta2", "SparkApplication")
                .inNamespace("spark-jobs")
                .withName("openeo")
                .get();
        var batch = new GenericKubernetesResourceBuilder()
                .withApiVersion(web.getApiVersion())
                .withKind(web.getKind())
                .withNewMetadata()
                .withNamespace("spark-jobs")
                .withName("a-0123")
                .endMetadata()
                .addToAdditionalProperties("spec", web.get("spec"))
                .build();
        client.resource(batch).create();
        soon().until(() -> client.pods()
                        .inNamespace("spark-jobs")
                        .withName("a-0123-driver")
                        .get()
                != null);

        world.wishAway().observability(Phase.REMOVED);
        until(Phase.REMOVED);

        assertThat(client.namespaces().list().getItems())
                .extracting(namespace -> namespace.getMetadata().getName())
                .doesNotContain("spark-jobs", "spark-operator");
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.pods().inAnyNamespace().withLabel("spark-role").list().getItems())
                .isEmpty();
        soon().untilAsserted(() ->
                assertThat(client.persistentVolumes().list().getItems()).isEmpty());
        assertThat(client.persistentVolumeClaims().inAnyNamespace().list().getItems())
                .isEmpty();
    }

    private Condition condition(String type) {
        return Verdict.find(world.status(), type).orElseThrow();
    }

    private Pod driver() {
        return cluster.client()
                .pods()
                .inNamespace("spark-jobs")
                .withName("openeo-driver")
                .get();
    }

    private void until(Phase phase) {
        until(() -> assertThat(world.status().phase())
                .as(() -> world.status().toString())
                .isEqualTo(phase));
    }

    private void until(Runnable holds) {
        soon().untilAsserted(() -> {
            world.pass();
            holds.run();
        });
    }

    private static ConditionFactory soon() {
        return await().atMost(DEADLINE).pollInterval(Duration.ofMillis(100));
    }
}
