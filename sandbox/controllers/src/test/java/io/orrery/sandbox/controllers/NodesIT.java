package io.orrery.sandbox.controllers;

import static io.orrery.sandbox.controllers.harness.TestCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.orrery.sandbox.controllers.harness.TestCluster;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesIT {

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Node node(String name) {
        return cluster.client().nodes().withName(name).get();
    }

    private NodeCondition ready(String name) {
        return node(name).getStatus().getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .findFirst()
                .orElseThrow();
    }

    private void isReady(String name) {
        soon().untilAsserted(() -> assertThat(ready(name).getStatus()).isEqualTo("True"));
    }

    private List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app", "web")
                .list()
                .getItems();
    }

    private void deploy(int replicas) {
        cluster.client()
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("web:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void allRun(int replicas) {
        soon().untilAsserted(() -> assertThat(pods()).hasSize(replicas).allMatch(pod -> "Running"
                .equals(pod.getStatus().getPhase())));
    }

    @Test
    void aServerJoinsWithItsRolesAddressesProviderAndLease() {
        cluster.join(NodeSpec.server("server-1")
                .withServerId("11111111-2222-3333-4444-555555555555")
                .withInternalIp("10.20.0.11")
                .withExternalIp("127.64.0.11")
                .withTaint("CriticalAddonsOnly", "true", "NoExecute")
                .withKubeletVersion("v1.34.1+rke2r1"));
        isReady("server-1");

        var node = node("server-1");
        assertThat(node.getMetadata().getLabels())
                .containsEntry("node-role.kubernetes.io/control-plane", "true")
                .containsEntry("node-role.kubernetes.io/etcd", "true")
                .containsEntry("node-role.kubernetes.io/master", "true");
        assertThat(node.getSpec().getProviderID()).isEqualTo("openstack:///11111111-2222-3333-4444-555555555555");
        assertThat(node.getSpec().getTaints()).anyMatch(taint -> "CriticalAddonsOnly".equals(taint.getKey()));
        assertThat(node.getStatus().getAddresses())
                .anyMatch(a -> "InternalIP".equals(a.getType()) && "10.20.0.11".equals(a.getAddress()))
                .anyMatch(a -> "ExternalIP".equals(a.getType()) && "127.64.0.11".equals(a.getAddress()));
        assertThat(node.getStatus().getNodeInfo().getKubeletVersion()).isEqualTo("v1.34.1+rke2r1");
        assertThat(node.getStatus().getNodeInfo().getSystemUUID()).isEqualTo("11111111-2222-3333-4444-555555555555");
        soon().untilAsserted(() -> assertThat(cluster.client()
                        .leases()
                        .inNamespace("kube-node-lease")
                        .withName("server-1")
                        .get()
                        .getSpec()
                        .getRenewTime())
                .isNotNull());
    }

    @Test
    void thePodsOfALostNodeRunElsewhereAndGoWithTheNode() {
        var lost = cluster.join(NodeSpec.agent("lost"));
        isReady("lost");
        deploy(2);
        allRun(2);
        cluster.join(NodeSpec.agent("left"));
        isReady("left");

        lost.stop();

        soon().untilAsserted(() -> {
            assertThat(ready("lost").getStatus()).isEqualTo("Unknown");
            assertThat(node("lost").getSpec().getTaints())
                    .extracting(taint -> taint.getKey() + ":" + taint.getEffect())
                    .contains("node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute");
        });
        soon().untilAsserted(() -> assertThat(pods())
                .filteredOn(pod -> "left".equals(pod.getSpec().getNodeName()))
                .hasSize(2)
                .allMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
        // Nobody has said that the old ones have ended.
        assertThat(pods())
                .filteredOn(pod -> "lost".equals(pod.getSpec().getNodeName()))
                .hasSize(2)
                .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);

        cluster.client().nodes().withName("lost").delete();

        soon().untilAsserted(() -> assertThat(pods()).hasSize(2).allMatch(pod -> "left"
                .equals(pod.getSpec().getNodeName())));
    }

    @Test
    void aNodeThatComesBackIsReadyAndLosesItsTaints() {
        var tired = cluster.join(NodeSpec.agent("tired"));
        isReady("tired");
        tired.stop();
        soon().untilAsserted(() -> assertThat(ready("tired").getStatus()).isEqualTo("Unknown"));

        cluster.join(NodeSpec.agent("tired"));

        soon().untilAsserted(() -> {
            assertThat(ready("tired").getStatus()).isEqualTo("True");
            assertThat(node("tired").getSpec().getTaints()).isEmpty();
        });
    }

    @Test
    void aCordonedNodeGetsNoPods() {
        cluster.join(NodeSpec.agent("shut"));
        isReady("shut");
        cluster.client().nodes().withName("shut").edit(n -> new NodeBuilder(n)
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .build());
        deploy(1);

        soon().untilAsserted(() -> assertThat(pods()).singleElement().satisfies(pod -> assertThat(
                        pod.getStatus().getConditions())
                .anyMatch(c -> "0/1 nodes are available: 1 node(s) were unschedulable.".equals(c.getMessage()))));

        cluster.client().nodes().withName("shut").edit(n -> new NodeBuilder(n)
                .editSpec()
                .withUnschedulable(null)
                .endSpec()
                .build());

        allRun(1);
    }

    @Test
    void anApiServerThatWasAwayLongerThanTheGraceMakesNoNodeLost() {
        var emulator = cluster.emulator();
        cluster.join(NodeSpec.agent("steady"));
        isReady("steady");
        deploy(1);
        allRun(1);
        var before = pods().getFirst();
        var since = ready("steady").getLastTransitionTime();

        emulator.pause();
        Awaitility.await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        emulator.resume();

        deployAnother();
        soon().untilAsserted(() -> assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName("after")
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Running"));
        assertThat(ready("steady").getLastTransitionTime()).isEqualTo(since);
        assertThat(pods()).singleElement().satisfies(pod -> assertThat(
                        pod.getMetadata().getUid())
                .isEqualTo(before.getMetadata().getUid()));
    }

    private void deployAnother() {
        soon().untilAsserted(() -> assertThat(cluster.client()
                        .resource(new PodBuilder()
                                .withNewMetadata()
                                .withNamespace(cluster.namespace())
                                .withName("after")
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("main")
                                .withImage("web:1")
                                .endContainer()
                                .endSpec()
                                .build())
                        .create())
                .isNotNull());
    }
}
