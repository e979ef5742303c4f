package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.plan.Step;
import io.orrery.cluster.reconcile.ClusterApi;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One cluster by fabric8's client. */
final class KubernetesApi implements ClusterApi {

    private final KubernetesClient client;
    private final NodeWatch watch;
    private final Clock clock;

    KubernetesApi(KubernetesClient client, NodeWatch watch, Clock clock) {
        this.client = client;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public List<ClusterNode> nodes(Set<String> leaving) {
        return Failures.sorted(() -> {
            var nodes = client.nodes().list().getItems().stream()
                    .map(node -> Nodes.read(node, evictable(node, leaving)))
                    .toList();
            watch.begin();
            return nodes;
        });
    }

    @Override
    public void carryOut(Step step) {
        Failures.sorted(() -> {
            switch (step) {
                case Step.Dress dress -> node(step).edit(node -> Dressings.dress(node, dress.dressing()));
                case Step.Cordon cordon -> node(step).edit(this::cordon);
                case Step.Evict evict -> evict(step.node());
                case Step.LeaveEtcd leave -> node(step).edit(KubernetesApi::leaveEtcd);
                case Step.Delete delete -> node(step).delete();
            }
            return null;
        });
    }

    @Override
    public List<String> cloudResources() {
        return Failures.sorted(() -> Stream.concat(
                        loadBalancers().map(service -> "Service " + place(service)),
                        claims().map(claim -> "PersistentVolumeClaim " + place(claim)))
                .sorted()
                .toList());
    }

    @Override
    public void releaseCloudResources() {
        Failures.sorted(() -> {
            Stream.concat(loadBalancers(), claims())
                    .filter(resource -> !resource.isMarkedForDeletion())
                    .forEach(resource -> client.resource(resource).delete());
            return null;
        });
    }

    private Resource<Node> node(Step step) {
        return client.nodes().withName(step.node());
    }

    private Node cordon(Node node) {
        node.getSpec().setUnschedulable(true);
        node.getMetadata()
                .setAnnotations(Dressings.withAnnotation(
                        node, Nodes.DRAINING, clock.instant().toString()));
        return node;
    }

    private static Node leaveEtcd(Node node) {
        node.getMetadata().setAnnotations(Dressings.withAnnotation(node, Nodes.LEAVE_ETCD, "true"));
        return node;
    }

    private int evictable(Node node, Set<String> leaving) {
        var name = node.getMetadata().getName();
        var counts = leaving.contains(name) || Nodes.annotations(node).containsKey(Nodes.DRAINING);
        return counts ? (int) leavers(name).count() : 0;
    }

    /**
     * A budget that does not allow it now is asked again in the next pass. A pod that cannot be evicted at all (under two
     * budgets, say) keeps the others from nothing.
     */
    private void evict(String node) {
        var failures = leavers(node)
                .filter(pod -> !pod.isMarkedForDeletion())
                .flatMap(pod -> evict(pod).stream())
                .toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private Optional<KubernetesClientException> evict(Pod pod) {
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .evict();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(e);
        }
    }

    private Stream<Pod> leavers(String node) {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .filter(Evictions::mustLeave);
    }

    private Stream<HasMetadata> loadBalancers() {
        return client.services().inAnyNamespace().list().getItems().stream()
                .filter(service -> "LoadBalancer".equals(service.getSpec().getType()))
                .map(Service.class::cast);
    }

    private Stream<HasMetadata> claims() {
        return client.persistentVolumeClaims().inAnyNamespace().list().getItems().stream()
                .map(PersistentVolumeClaim.class::cast);
    }

    private static String place(HasMetadata resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
