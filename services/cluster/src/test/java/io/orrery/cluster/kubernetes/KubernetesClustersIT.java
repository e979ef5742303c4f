package io.orrery.cluster.kubernetes;

import static io.orrery.cluster.Samples.DEMO;
import static io.orrery.cluster.Samples.UID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.cluster.Samples;
import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.ClusterNode.Member;
import io.orrery.cluster.model.Dressing;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.model.Pair;
import io.orrery.cluster.plan.Step;
import io.orrery.cluster.reconcile.ClusterApi;
import io.orrery.cluster.reconcile.Clusters;
import io.orrery.contracts.Slot;
import io.orrery.sandbox.kubernetes.ApiServer;
import io.orrery.sandbox.kubernetes.ApiServerSettings;
import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import io.orrery.sandbox.kubernetes.pki.Identity;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesClustersIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final ClusterKeys KEYS = new KeyMaker(Samples.rsaKeys(), CLOCK).make("demo");
    private static final ClusterKeys OTHERS = new KeyMaker(Samples.rsaKeys(), CLOCK).make("other");

    private static ApiServer server;
    private static Kubeconfig kubeconfig;

    private final AtomicInteger woken = new AtomicInteger();
    private final KubernetesClusters clusters =
            new KubernetesClusters(platform -> woken.incrementAndGet(), Duration.ofSeconds(5), CLOCK);
    private KubernetesClient client;

    @BeforeAll
    static void start() {
        server = ApiServer.start(ApiServerSettings.with(
                new ClusterPki(authority(KEYS.serverCa()), authority(KEYS.clientCa()), KEYS.serviceKey())));
        kubeconfig = mint(KEYS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void client() {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.yaml()))
                .build();
    }

    @AfterEach
    void clean() {
        clusters.close();
        client.nodes().delete();
        client.pods().inNamespace("default").withGracePeriod(0).delete();
        client.policy().v1().podDisruptionBudget().inNamespace("default").delete();
        client.close();
    }

    @Test
    void letsInTheAdministratorThatTheClientCaVouchesFor() {
        client.resource(node("a1", Map.of())).create();

        assertThat(api(kubeconfig).nodes(Set.of()))
                .extracting(ClusterNode::name)
                .containsExactly("a1");
    }

    @Test
    void doesNotLetInWhomAnotherClientCaVouchesFor() {
        var stranger = mint(new ClusterKeys(
                KEYS.serverCa(),
                OTHERS.clientCa(),
                KEYS.requestHeaderCa(),
                KEYS.etcdPeerCa(),
                KEYS.etcdServerCa(),
                KEYS.serviceKey(),
                KEYS.serverPassword(),
                KEYS.agentPassword()));

        assertThatThrownBy(() -> api(stranger).nodes(Set.of()))
                .isInstanceOfAny(ClusterApi.Refused.class, ClusterApi.Unreachable.class);
    }

    @Test
    void isNotLedToAServerOfAnotherCa() {
        var misled = mint(new ClusterKeys(
                OTHERS.serverCa(),
                KEYS.clientCa(),
                KEYS.requestHeaderCa(),
                KEYS.etcdPeerCa(),
                KEYS.etcdServerCa(),
                KEYS.serviceKey(),
                KEYS.serverPassword(),
                KEYS.agentPassword()));

        assertThatThrownBy(() -> api(misled).nodes(Set.of())).isInstanceOf(ClusterApi.Unreachable.class);
    }

    @Test
    void isUnreachableWhileTheServerIsGoneAndThenGoesOn() {
        var api = api(kubeconfig);
        server.pause();
        try {
            assertThatThrownBy(() -> api.nodes(Set.of())).isInstanceOf(ClusterApi.Unreachable.class);
        } finally {
            server.resume();
        }
        assertThat(api.nodes(Set.of())).isEmpty();
    }

    @Test
    void readsRolesReadinessAndMembership() {
        var labels = Map.of("node-role.kubernetes.io/control-plane", "true", "node-role.kubernetes.io/etcd", "true");
        client.resource(node("s1", labels)).create();
        setReady("s1", "True", "2026-01-01T00:00:00Z");

        assertThat(api(kubeconfig).nodes(Set.of())).singleElement().satisfies(node -> {
            assertThat(node.role()).isEqualTo(Slot.Role.SERVER);
            assertThat(node.ready()).isTrue();
            assertThat(node.member()).isEqualTo(Member.MEMBER);
            assertThat(node.draining()).isEmpty();
        });
    }

    @Test
    void asksRke2ToTakeAServerOutOfEtcdInItsWords() {
        client.resource(node("s1", Map.of("node-role.kubernetes.io/etcd", "true")))
                .create();
        var api = api(kubeconfig);

        api.carryOut(new Step.LeaveEtcd("s1"));

        assertThat(api.nodes(Set.of()).getFirst().member()).isEqualTo(Member.LEAVING);
        assertThat(found("s1").getMetadata().getAnnotations()).containsEntry("etcd.rke2.cattle.io/remove", "true");
        client.nodes().withName("s1").edit(node -> new NodeBuilder(node)
                .editMetadata()
                .addToAnnotations("etcd.rke2.cattle.io/removed-node-name", "s1-0815")
                .endMetadata()
                .build());
        assertThat(api.nodes(Set.of()).getFirst().member()).isEqualTo(Member.LEFT);
    }

    @Test
    void dressesANodeAndTakesAwayOnlyWhatWasItsOwn() {
        client.resource(node("a1", Map.of("theirs", "stays"))).create();
        client.nodes().withName("a1").edit(node -> new NodeBuilder(node)
                .editSpec()
                .addNewTaint()
                .withKey("theirs")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build());
        var api = api(kubeconfig);
        var first = new Dressing(Map.of("disk", "fast", "pool", "a"), List.of("gpu=yes:NoSchedule"));
        var second = new Dressing(Map.of("pool", "b"), List.of());

        api.carryOut(new Step.Dress("a1", first));
        assertThat(api.nodes(Set.of()).getFirst().dressing()).isEqualTo(first);
        assertThat(found("a1").getSpec().getTaints()).hasSize(2);

        api.carryOut(new Step.Dress("a1", second));
        assertThat(api.nodes(Set.of()).getFirst().dressing()).isEqualTo(second);
        assertThat(found("a1").getMetadata().getLabels())
                .containsEntry("theirs", "stays")
                .containsEntry("pool", "b")
                .doesNotContainKey("disk");
        assertThat(found("a1").getSpec().getTaints()).singleElement().satisfies(taint -> assertThat(taint.getKey())
                .isEqualTo("theirs"));
    }

    @Test
    void seesThatSomebodyTookALabelAway() {
        client.resource(node("a1", Map.of())).create();
        var api = api(kubeconfig);
        var dressing = new Dressing(Map.of("disk", "fast"), List.of());
        api.carryOut(new Step.Dress("a1", dressing));

        client.nodes().withName("a1").edit(node -> new NodeBuilder(node)
                .editMetadata()
                .removeFromLabels("disk")
                .endMetadata()
                .build());

        assertThat(api.nodes(Set.of()).getFirst().dressing()).isNotEqualTo(dressing);
    }

    @Test
    void emptiesANodeAsFarAsDisruptionBudgetsAllow() {
        client.resource(node("a1", Map.of())).create();
        pod("guarded", Map.of("app", "guarded"), "a1", "ReplicaSet");
        pod("free", Map.of("app", "free"), "a1", "ReplicaSet");
        pod("daemon", Map.of("app", "daemon"), "a1", "DaemonSet");
        pod("elsewhere", Map.of("app", "free"), "a2", "ReplicaSet");
        budget("guarded", 0);
        var api = api(kubeconfig);

        api.carryOut(new Step.Cordon("a1"));
        assertThat(evictable(api)).isEqualTo(2);
        assertThat(found("a1").getSpec().getUnschedulable()).isTrue();

        api.carryOut(new Step.Evict("a1"));
        remove("free");
        assertThat(evictable(api)).isEqualTo(1);
        assertThat(pods()).containsExactlyInAnyOrder("guarded", "daemon", "elsewhere");

        allow("guarded", 1);
        api.carryOut(new Step.Evict("a1"));
        remove("guarded");
        assertThat(evictable(api)).isZero();
        assertThat(pods()).containsExactlyInAnyOrder("daemon", "elsewhere");
    }

    @Test
    void forgetsANode() {
        client.resource(node("a1", Map.of())).create();
        var api = api(kubeconfig);

        api.carryOut(new Step.Delete("a1"));
        api.carryOut(new Step.Delete("a1"));

        assertThat(api.nodes(Set.of())).isEmpty();
    }

    @Test
    void findsAndGivesBackWhatControllersHoldInTheCloud() {
        client.resource(new ServiceBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName("lb")
                                .withNamespace("default")
                                .build())
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        client.resource(new PersistentVolumeClaimBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName("data")
                                .withNamespace("default")
                                .build())
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        var api = api(kubeconfig);
        assertThat(api.cloudResources()).containsExactly("PersistentVolumeClaim default/data", "Service default/lb");

        api.releaseCloudResources();

        await().atMost(DEADLINE).until(() -> api.cloudResources().isEmpty());
        assertThat(client.services()
                        .inNamespace("default")
                        .withName("kubernetes")
                        .get())
                .isNotNull();
    }

    @Test
    void wakesWhenANodeComesChangesAndGoesButNotOnHeartbeats() {
        api(kubeconfig).nodes(Set.of());

        client.resource(node("a1", Map.of())).create();
        awaitWoken(1);
        setReady("a1", "True", "2026-01-01T00:00:00Z");
        awaitWoken(2);
        setReady("a1", "True", "2026-01-01T00:01:00Z");
        setReady("a1", "False", "2026-01-01T00:02:00Z");
        awaitWoken(3);
        client.nodes().withName("a1").delete();
        awaitWoken(4);
    }

    @Test
    void aNewIncarnationIsEnteredByAWayOfItsOwn() {
        var minted = new AtomicInteger();
        for (var incarnation : List.of(1, 1, 2, 2)) {
            clusters.open(new Clusters.Key(DEMO, UID, incarnation), () -> {
                        minted.incrementAndGet();
                        return kubeconfig;
                    })
                    .nodes(Set.of());
        }

        assertThat(minted).hasValue(2);
    }

    private ClusterApi api(Kubeconfig with) {
        return clusters.open(new Clusters.Key(DEMO, UID, 1), () -> with);
    }

    private void awaitWoken(int times) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(woken).hasValue(times));
    }

    private static int evictable(ClusterApi api) {
        return api.nodes(Set.of("a1")).getFirst().evictable();
    }

    private List<String> pods() {
        return client.pods().inNamespace("default").list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    /** What the node's kubelet does once a pod has ended. */
    private void remove(String pod) {
        await().atMost(DEADLINE).until(() -> {
            var found = client.pods().inNamespace("default").withName(pod).get();
            return found == null || found.getMetadata().getDeletionTimestamp() != null;
        });
        client.pods().inNamespace("default").withName(pod).withGracePeriod(0).delete();
    }

    private void pod(String name, Map<String, String> labels, String node, String owner) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(labels)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("apps/v1")
                        .withKind(owner)
                        .withName(name)
                        .withUid("uid-of-" + name)
                        .withController(true)
                        .build())
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .withImage("image")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        client.pods().inNamespace("default").withName(name).editStatus(created -> new PodBuilder(created)
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build());
    }

    private void budget(String app, int allowed) {
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName(app)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(new IntOrString(1))
                        .withNewSelector()
                        .addToMatchLabels("app", app)
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        allow(app, allowed);
    }

    /** What the disruption controller does once enough pods are well. */
    private void allow(String app, int allowed) {
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName(app)
                .editStatus(budget -> new PodDisruptionBudgetBuilder(budget)
                        .withNewStatus()
                        .withObservedGeneration(budget.getMetadata().getGeneration())
                        .withDisruptionsAllowed(allowed)
                        .withCurrentHealthy(1 + allowed)
                        .withDesiredHealthy(1)
                        .withExpectedPods(1)
                        .endStatus()
                        .build());
    }

    private Node found(String name) {
        return client.nodes().withName(name).get();
    }

    private void setReady(String name, String status, String heartbeat) {
        client.nodes().withName(name).editStatus(node -> new NodeBuilder(node)
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(status)
                .withLastHeartbeatTime(heartbeat)
                .endCondition()
                .endStatus()
                .build());
    }

    private static Node node(String name, Map<String, String> labels) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private static CertificateAuthority authority(Pair pair) {
        return CertificateAuthority.of(new Identity(pair.certificate(), pair.key()));
    }

    private static Kubeconfig mint(ClusterKeys keys) {
        return new Kubeconfigs(Samples.rsaKeys(), CLOCK).mint("demo", server.url(), keys, Duration.ofDays(1));
    }
}
