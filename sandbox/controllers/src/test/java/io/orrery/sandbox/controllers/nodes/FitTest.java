package io.orrery.sandbox.controllers.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitTest {

    private static NodeBuilder node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("kubernetes.io/hostname", name, "cpus", "4"))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withAllocatable(
                        Map.of("cpu", new Quantity("4"), "memory", new Quantity("8Gi"), "pods", new Quantity("2")))
                .endStatus();
    }

    private static PodBuilder pod(String cpu, String memory) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .endResources()
                .endContainer()
                .endSpec();
    }

    private static Fit.Decision decide(Pod pod, Node... nodes) {
        return Fit.decide(pod, List.of(nodes), Map.of());
    }

    private static Fit.Decision place(String node) {
        return new Fit.Decision.Place(node);
    }

    private static Fit.Decision nowhere(String message) {
        return new Fit.Decision.Nowhere(message);
    }

    @Test
    void takesTheEmptiestNode() {
        var busy = Map.of("a", List.of(pod("2", "1Gi").build()));

        assertThat(Fit.decide(
                        pod("1", "1Gi").build(),
                        List.of(node("a").build(), node("b").build()),
                        busy))
                .isEqualTo(place("b"));
    }

    @Test
    void countsWhatTheOthersHaveAskedForAlready() {
        var busy = Map.of("a", List.of(pod("3500m", "1Gi").build()));

        assertThat(Fit.decide(pod("501m", "1Gi").build(), List.of(node("a").build()), busy))
                .isEqualTo(nowhere("0/1 nodes are available: 1 Insufficient cpu."));
        assertThat(Fit.decide(pod("500m", "1Gi").build(), List.of(node("a").build()), busy))
                .isEqualTo(place("a"));
    }

    @Test
    void putsNoMorePodsOnANodeThanItHasPlaces() {
        var full = Map.of("a", List.of(pod("0", "0").build(), pod("0", "0").build()));

        assertThat(Fit.decide(pod("0", "0").build(), List.of(node("a").build()), full))
                .isEqualTo(nowhere("0/1 nodes are available: 1 Too many pods."));
    }

    @Test
    void takesALimitForARequestWhereThereIsNone() {
        var pod = new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withNewResources()
                .addToLimits("memory", new Quantity("9Gi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();

        assertThat(decide(pod, node("a").build()))
                .isEqualTo(nowhere("0/1 nodes are available: 1 Insufficient memory."));
    }

    @Test
    void asksForTheLargestInitContainerIfThatIsMore() {
        var pod = pod("1", "1Gi")
                .editSpec()
                .addNewInitContainer()
                .withNewResources()
                .addToRequests("cpu", new Quantity("5"))
                .endResources()
                .endInitContainer()
                .endSpec()
                .build();

        assertThat(decide(pod, node("a").build())).isEqualTo(nowhere("0/1 nodes are available: 1 Insufficient cpu."));
    }

    @Test
    void keepsOffTaintedNodes() {
        var tainted = node("a")
                .editSpec()
                .addNewTaint("NoExecute", "CriticalAddonsOnly", null, "true")
                .endSpec()
                .build();
        var tolerant = pod("1", "1Gi")
                .editSpec()
                .addNewToleration("NoExecute", "CriticalAddonsOnly", "Equal", null, "true")
                .endSpec()
                .build();

        assertThat(decide(pod("1", "1Gi").build(), tainted))
                .isEqualTo(nowhere(
                        "0/1 nodes are available: 1 node(s) had untolerated taint {CriticalAddonsOnly:" + " true}."));
        assertThat(decide(tolerant, tainted)).isEqualTo(place("a"));
    }

    @Test
    void keepsOffCordonedNodes() {
        var cordoned = node("a").editSpec().withUnschedulable(true).endSpec().build();

        assertThat(decide(pod("1", "1Gi").build(), cordoned, node("b").build())).isEqualTo(place("b"));
        assertThat(decide(pod("1", "1Gi").build(), cordoned))
                .isEqualTo(nowhere("0/1 nodes are available: 1 node(s) were unschedulable."));
    }

    @Test
    void followsTheNodeSelector() {
        var pod = pod("1", "1Gi")
                .editSpec()
                .addToNodeSelector("kubernetes.io/hostname", "b")
                .endSpec()
                .build();

        assertThat(decide(pod, node("a").build(), node("b").build())).isEqualTo(place("b"));
        assertThat(decide(pod, node("a").build()))
                .isEqualTo(nowhere("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."));
    }

    private static Pod requiring(String key, String operator, String... values) {
        return pod("1", "1Gi")
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    @Test
    void followsTheRequiredTermsOfNodeAffinity() {
        var nodes = new Node[] {node("a").build(), node("b").build()};

        assertThat(decide(requiring("kubernetes.io/hostname", "In", "b", "c"), nodes))
                .isEqualTo(place("b"));
        assertThat(decide(requiring("kubernetes.io/hostname", "NotIn", "a"), nodes))
                .isEqualTo(place("b"));
        assertThat(decide(requiring("gpu", "DoesNotExist"), nodes)).isEqualTo(place("a"));
        assertThat(decide(requiring("cpus", "Gt", "3"), nodes)).isEqualTo(place("a"));
        assertThat(decide(requiring("cpus", "Lt", "4"), nodes)).isInstanceOf(Fit.Decision.Nowhere.class);
        assertThat(decide(requiring("gpu", "Exists"), nodes)).isInstanceOf(Fit.Decision.Nowhere.class);
    }

    @Test
    void tellsEachReasonWithItsCount() {
        assertThat(decide(
                        pod("5", "1Gi").build(),
                        node("a").build(),
                        node("b").build(),
                        node("c").editSpec().withUnschedulable(true).endSpec().build()))
                .isEqualTo(nowhere("0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu."));
        assertThat(decide(pod("5", "1Gi").build())).isEqualTo(nowhere("no nodes available to schedule pods"));
    }
}
