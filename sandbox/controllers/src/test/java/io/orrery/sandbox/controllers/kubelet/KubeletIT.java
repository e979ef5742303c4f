package io.orrery.sandbox.controllers.kubelet;

import static io.orrery.sandbox.controllers.harness.TestCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.orrery.sandbox.controllers.harness.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a kubelet does with pods, seen from the API; one node for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeletIT {

    private final Map<String, PodContext> started = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Exit>> stubborn = new ConcurrentHashMap<>();
    private TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = TestCluster.start(KubeletSettings.defaults()
                .withHeartbeat(Duration.ofMillis(500))
                .withPodStart(Duration.ofMillis(50))
                .withRestartBackoff(Duration.ofMillis(50))
                .withWorkloads(Workloads.none()
                        .withImage("probe", this::probe)
                        .withImage("crash", context -> Running.of(CompletableFuture.completedFuture(Exit.error(3))))
                        .withImage("stubborn", this::stubborn)));
        cluster.join(NodeSpec.agent("kubelet-it"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private Running probe(PodContext context) {
        started.put(context.pod().getMetadata().getName(), context);
        order.add(context.pod().getMetadata().getName() + "/"
                + context.container().getName());
        context.log().line("first line\nsecond line");
        return "once".equals(context.env().get("RUN"))
                ? Running.of(CompletableFuture.completedFuture(Exit.COMPLETED))
                : Running.forEver();
    }

    /** Does not end when it is asked to. */
    private Running stubborn(PodContext context) {
        var exited = stubborn.computeIfAbsent(context.pod().getMetadata().getName(), name -> new CompletableFuture<>());
        return new Running() {
            @Override
            public CompletableFuture<Void> ready() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<Exit> exited() {
                return exited;
            }

            @Override
            public void stop() {
                order.add("asked to stop");
            }
        };
    }

    private PodBuilder pod(String name, String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/" + image + ":1")
                .endContainer()
                .endSpec();
    }

    private Pod create(PodBuilder pod) {
        return cluster.client().resource(pod.build()).create();
    }

    private Pod now(Pod pod) {
        return cluster.client().resource(pod).get();
    }

    private ContainerStatus main(Pod pod) {
        return now(pod).getStatus().getContainerStatuses().getFirst();
    }

    private void runs(Pod pod) {
        soon().untilAsserted(() -> assertThat(now(pod).getStatus().getPhase()).isEqualTo("Running"));
    }

    @Test
    void aPodRunsWithAnAddressAndIsReady() {
        var pod = create(pod("plain", "anything"));

        runs(pod);
        assertThat(now(pod).getStatus().getPodIP()).startsWith("127.96.");
        assertThat(now(pod).getStatus().getConditions())
                .filteredOn(condition -> "True".equals(condition.getStatus()))
                .extracting(condition -> condition.getType())
                .contains("PodScheduled", "Initialized", "ContainersReady", "Ready");
        assertThat(main(pod).getState().getRunning().getStartedAt()).isNotNull();
    }

    @Test
    void aPodWaitsForItsConfigMapAndSeesItsFiles() throws Exception {
        var pod = create(pod("mounted", "probe")
                .editSpec()
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .withName("late")
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/app/settings.json")
                .withSubPath("settings.json")
                .endVolumeMount()
                .endContainer()
                .endSpec());
        soon().untilAsserted(() -> assertThat(cluster.client()
                        .v1()
                        .events()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .anyMatch(event -> "FailedMount".equals(event.getReason())
                        && event.getMessage().contains("configmap \"late\" not found")));
        assertThat(now(pod).getStatus().getPhase()).isEqualTo("Pending");
        assertThat(main(pod).getState().getWaiting().getReason()).isEqualTo("ContainerCreating");

        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("late")
                        .endMetadata()
                        .addToData("settings.json", "{}")
                        .build())
                .create();

        runs(pod);
        assertThat(new String(started.get("mounted").read("/etc/app/settings.json"), StandardCharsets.UTF_8))
                .isEqualTo("{}");
    }

    @Test
    void variablesComeFromSecretsFieldsAndEachOther() {
        var pod = create(pod("env", "probe")
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("PASSWORD")
                .withNewValueFrom()
                .withNewSecretKeyRef("password", "late-secret", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("POD_NAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("URL")
                .withValue("http://$(POD_NAME)/$(UNKNOWN)")
                .endEnv()
                .addNewEnvFrom()
                .withPrefix("ALL_")
                .withNewSecretRef("late-secret", false)
                .endEnvFrom()
                .endContainer()
                .endSpec());
        soon().untilAsserted(() ->
                assertThat(main(pod).getState().getWaiting().getReason()).isEqualTo("CreateContainerConfigError"));

        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("late-secret")
                        .endMetadata()
                        .addToData("password", "cGVhcg==")
                        .build())
                .create();

        runs(pod);
        assertThat(started.get("env").env())
                .containsEntry("PASSWORD", "pear")
                .containsEntry("ALL_password", "pear")
                .containsEntry("POD_NAME", "env")
                .containsEntry("URL", "http://env/$(UNKNOWN)");
    }

    @Test
    void aContainerThatEndsIsStartedAgainAndAgain() {
        var pod = create(pod("crashing", "crash"));

        soon().untilAsserted(() -> assertThat(main(pod).getRestartCount()).isGreaterThanOrEqualTo(2));
        soon().untilAsserted(() -> {
            assertThat(main(pod).getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
            assertThat(main(pod).getLastState().getTerminated().getExitCode()).isEqualTo(3);
        });
        assertThat(main(pod).getReady()).isFalse();
    }

    @Test
    void aPodThatIsNeverRestartedFails() {
        var pod = create(
                pod("once", "crash").editSpec().withRestartPolicy("Never").endSpec());

        soon().untilAsserted(() -> assertThat(now(pod).getStatus().getPhase()).isEqualTo("Failed"));
        assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(main(pod).getRestartCount()).isZero();
    }

    @Test
    void initContainersEndBeforeTheOthersBegin() {
        var pod = create(pod("staged", "probe")
                .editSpec()
                .addNewInitContainer()
                .withName("prepare")
                .withImage("probe")
                .addNewEnv()
                .withName("RUN")
                .withValue("once")
                .endEnv()
                .endInitContainer()
                .endSpec());

        runs(pod);
        assertThat(order)
                .filteredOn(entry -> entry.startsWith("staged/"))
                .containsExactly("staged/prepare", "staged/main");
    }

    @Test
    void aDeletedPodGoesWhenItsContainersHaveEnded() {
        var pod = create(pod("polite", "stubborn"));
        runs(pod);

        cluster.client().resource(pod).withGracePeriod(600).delete();

        soon().until(() -> order.contains("asked to stop"));
        assertThat(now(pod).getMetadata().getDeletionTimestamp()).isNotNull();
        stubborn.get("polite").complete(Exit.COMPLETED);
        soon().untilAsserted(() -> assertThat(now(pod)).isNull());
    }

    @Test
    void aDeletedPodGoesAtTheEndOfItsGracePeriodInAnyCase() {
        var pod = create(pod("rude", "stubborn"));
        runs(pod);

        cluster.client().resource(pod).withGracePeriod(1).delete();

        soon().untilAsserted(() -> assertThat(now(pod)).isNull());
    }

    @Test
    void logsAreReadThroughTheApiServer() {
        var pod = create(pod("chatty", "probe"));
        runs(pod);
        var logs = cluster.client().pods().inNamespace(cluster.namespace()).withName("chatty");

        assertThat(logs.getLog()).isEqualTo("first line\nsecond line\n");
        assertThat(logs.tailingLines(1).getLog()).isEqualTo("second line\n");
    }
}
