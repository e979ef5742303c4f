package io.orrery.sandbox.controllers;

import static io.orrery.sandbox.controllers.harness.TestCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.orrery.sandbox.controllers.harness.TestCluster;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people make of pods: one cluster of two nodes for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadsIT {

    private TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = TestCluster.start();
        cluster.join(NodeSpec.agent("work-1"));
        cluster.join(NodeSpec.agent("work-2"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static PodTemplateSpec template(String app, String image) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    private Deployment deployment(String name, int replicas, String image) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withTemplate(template(name, image))
                .endSpec()
                .build();
    }

    private List<Pod> pods(String app) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app", app)
                .list()
                .getItems();
    }

    private Deployment now(Deployment deployment) {
        return cluster.client().resource(deployment).get();
    }

    @Test
    void aDeploymentBecomesAvailableAndItsServiceHasEndpoints() {
        var deployment =
                cluster.client().resource(deployment("web", 3, "web:1")).create();
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "web")
                        .addNewPort()
                        .withPort(80)
                        .withTargetPort(new IntOrString("http"))
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        soon().untilAsserted(() ->
                assertThat(now(deployment).getStatus().getAvailableReplicas()).isEqualTo(3));
        soon().untilAsserted(() -> assertThat(cluster.client()
                        .endpoints()
                        .inNamespace(cluster.namespace())
                        .withName("web")
                        .get())
                .isNotNull()
                .satisfies(endpoints -> {
                    var subset = endpoints.getSubsets().getFirst();
                    assertThat(subset.getAddresses())
                            .extracting(EndpointAddress::getIp)
                            .hasSize(3)
                            .doesNotHaveDuplicates()
                            .allMatch(ip -> ip.startsWith("127.96."));
                    assertThat(subset.getPorts().getFirst().getPort()).isEqualTo(8080);
                }));
        soon().untilAsserted(() -> assertThat(cluster.client()
                        .discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace(cluster.namespace())
                        .withLabel("kubernetes.io/service-name", "web")
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(slice -> assertThat(slice.getEndpoints())
                        .hasSize(3)
                        .allMatch(endpoint -> endpoint.getConditions().getReady())));
    }

    @Test
    void aNewTemplateReplacesAllPodsAndKeepsTheOldReplicaSet() {
        var deployment =
                cluster.client().resource(deployment("roll", 2, "roll:1")).create();
        soon().untilAsserted(() ->
                assertThat(now(deployment).getStatus().getAvailableReplicas()).isEqualTo(2));

        cluster.client()
                .resource(new DeploymentBuilder(now(deployment))
                        .editMetadata()
                        .withResourceVersion(null)
                        .endMetadata()
                        .editSpec()
                        .withTemplate(template("roll", "roll:2"))
                        .endSpec()
                        .build())
                .update();

        soon().untilAsserted(() -> {
            assertThat(pods("roll")).hasSize(2).allMatch(pod -> "roll:2"
                    .equals(pod.getSpec().getContainers().getFirst().getImage()));
            var status = now(deployment).getStatus();
            assertThat(status.getUpdatedReplicas()).isEqualTo(2);
            assertThat(status.getObservedGeneration())
                    .isEqualTo(now(deployment).getMetadata().getGeneration());
        });
        assertThat(now(deployment).getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "2");
        assertThat(cluster.client()
                        .apps()
                        .replicaSets()
                        .inNamespace(cluster.namespace())
                        .withLabel("app", "roll")
                        .list()
                        .getItems())
                .hasSize(2);
    }

    @Test
    void aScaledDownDeploymentHasFewerPodsAndADeletedOneNone() {
        var deployment =
                cluster.client().resource(deployment("less", 3, "less:1")).create();
        soon().untilAsserted(() ->
                assertThat(now(deployment).getStatus().getAvailableReplicas()).isEqualTo(3));

        cluster.client().resource(deployment).scale(1);
        soon().untilAsserted(() -> assertThat(pods("less")).hasSize(1));

        cluster.client().resource(deployment).delete();
        soon().untilAsserted(() -> assertThat(pods("less")).isEmpty());
    }

    @Test
    void aStatefulSetsPodsComeInOrderWithTheirVolumes() {
        cluster.client()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("fast-" + cluster.namespace())
                        .endMetadata()
                        .withProvisioner("cinder.csi.openstack.org")
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .withReclaimPolicy("Delete")
                        .build())
                .create();
        cluster.client()
                .resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("zk")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceName("zk")
                        .withReplicas(3)
                        .withNewSelector()
                        .addToMatchLabels("app", "zk")
                        .endSelector()
                        .withTemplate(template("zk", "zookeeper:3.9"))
                        .addNewVolumeClaimTemplate()
                        .withNewMetadata()
                        .withName("data")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("fast-" + cluster.namespace())
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .endVolumeClaimTemplate()
                        .endSpec()
                        .build())
                .create();

        soon().untilAsserted(() -> assertThat(cluster.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(cluster.namespace())
                        .withName("zk")
                        .get()
                        .getStatus()
                        .getReadyReplicas())
                .isEqualTo(3));
        assertThat(pods("zk"))
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactlyInAnyOrder("zk-0", "zk-1", "zk-2");
        var started = pods("zk").stream()
                .sorted((a, b) ->
                        a.getMetadata().getName().compareTo(b.getMetadata().getName()))
                .map(pod -> Long.parseLong(pod.getMetadata().getResourceVersion()))
                .toList();
        assertThat(started).isSorted();
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .filteredOn(claim -> claim.getMetadata().getName().startsWith("data-zk-"))
                .hasSize(3)
                .allMatch(claim -> "Bound".equals(claim.getStatus().getPhase()));
    }

    @Test
    void aVolumeGoesWithItsClaim() {
        cluster.client()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("now-" + cluster.namespace())
                        .endMetadata()
                        .withProvisioner("cinder.csi.openstack.org")
                        .withReclaimPolicy("Delete")
                        .build())
                .create();
        var claim = cluster.client()
                .resource(new io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("scratch")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("now-" + cluster.namespace())
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        var volume = "pvc-" + claim.getMetadata().getUid();
        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(claim).get().getStatus().getPhase())
                .isEqualTo("Bound"));
        assertThat(cluster.client().persistentVolumes().withName(volume).get()).isNotNull();

        cluster.client().resource(claim).delete();

        soon().untilAsserted(() -> assertThat(
                        cluster.client().persistentVolumes().withName(volume).get())
                .isNull());
    }

    @Test
    void aDaemonSetHasAPodOnEachNodeAndOnThoseThatComeLater() {
        cluster.join(NodeSpec.agent("watched-1").withLabel("pool", "watched"));
        var set = cluster.client()
                .resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("agent")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", "agent")
                        .endSelector()
                        .withTemplate(new PodTemplateSpecBuilder(template("agent", "agent:1"))
                                .editSpec()
                                .addToNodeSelector("pool", "watched")
                                .endSpec()
                                .build())
                        .endSpec()
                        .build())
                .create();
        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(set).get().getStatus().getNumberReady())
                .isEqualTo(1));

        cluster.join(
                NodeSpec.agent("watched-not").withLabel("pool", "watched").withTaint("only", "others", "NoSchedule"));
        cluster.join(NodeSpec.agent("watched-2").withLabel("pool", "watched"));

        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(set).get().getStatus().getNumberReady())
                .isEqualTo(2));
        assertThat(pods("agent"))
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsExactlyInAnyOrder("watched-1", "watched-2");
    }

    private Job job(String name, int completions, String... command) {
        return cluster.client()
                .resource(new JobBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withCompletions(completions)
                        .withParallelism(2)
                        .withBackoffLimit(0)
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("main")
                        .withImage("job:1")
                        .withCommand(command)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void aJobRunsUntilEnoughPodsHaveEndedWell() {
        var job = job("sum", 3);

        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(job).get().getStatus().getConditions())
                .anyMatch(condition -> "Complete".equals(condition.getType())));
        assertThat(cluster.client().resource(job).get().getStatus().getSucceeded())
                .isEqualTo(3);
        assertThat(pods("sum")).hasSize(3);
    }

    @Test
    void aJobFailsWhenItsBackoffLimitIsExceeded() {
        // A batch job of openEO without any argument or bucket ends with 1.
        var job = job("broken", 1, "python", "openeo_batch.py");

        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(job).get().getStatus().getConditions())
                .anyMatch(condition ->
                        "Failed".equals(condition.getType()) && "BackoffLimitExceeded".equals(condition.getReason())));
    }

    @Test
    void aLoadBalancerGetsAnAddress() {
        var service = cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("ingress")
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .addToSelector("app", "none")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        soon().untilAsserted(() -> assertThat(cluster.client()
                        .resource(service)
                        .get()
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress())
                .singleElement()
                .satisfies(ingress -> assertThat(ingress.getIp()).startsWith("127.80.")));
    }

    @Test
    void aPodThatFitsNowhereSaysWhyAndRunsWhenANodeComes() {
        var pod = cluster.client()
                .resource(new io.fabric8.kubernetes.api.model.PodBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("picky")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeSelector(Map.of("gpu", "yes"))
                        .addNewContainer()
                        .withName("main")
                        .withImage("gpu:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(pod).get().getStatus().getConditions())
                .anyMatch(condition -> "Unschedulable".equals(condition.getReason())
                        && condition.getMessage().contains("didn't match Pod's node affinity/selector")));

        cluster.join(NodeSpec.agent("work-gpu").withLabel("gpu", "yes").withTaint("gpu", "", "PreferNoSchedule"));

        soon().untilAsserted(() -> assertThat(
                        cluster.client().resource(pod).get().getStatus().getPhase())
                .isEqualTo("Running"));
    }

    @Test
    void eachNamespaceHasADefaultServiceAccountAndTheAuthority() {
        soon().untilAsserted(() -> {
            assertThat(cluster.client()
                            .serviceAccounts()
                            .inNamespace(cluster.namespace())
                            .withName("default")
                            .get())
                    .isNotNull();
            assertThat(cluster.client()
                            .configMaps()
                            .inNamespace(cluster.namespace())
                            .withName("kube-root-ca.crt")
                            .get()
                            .getData()
                            .get("ca.crt"))
                    .startsWith("-----BEGIN CERTIFICATE-----");
        });
    }
}
