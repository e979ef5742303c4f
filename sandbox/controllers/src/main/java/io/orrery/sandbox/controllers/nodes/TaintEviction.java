package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes pods from nodes with NoExecute taints that they do not tolerate, or not for longer; and takes away the pods whose
 * node is no more (upstream's taint eviction and pod garbage collector).
 */
public final class TaintEviction {

    private static final Set<String> NODE_LOST = Set.of(Taints.UNREACHABLE, Taints.NOT_READY);

    private final Cluster cluster;
    private final Duration whenLost;
    private final Events events;

    /**
     * A pod that says nothing about lost nodes stays on one for this long: what upstream's admission adds to each pod as
     * toleration of 300 s.
     */
    public TaintEviction(Cluster cluster, Duration whenLost) {
        this.cluster = cluster;
        this.whenLost = whenLost;
        this.events = cluster.events("taint-eviction-controller");
        Loop loop = cluster.loop("taint-eviction", 2, this::reconcile);
        cluster.wake(Pod.class, loop);
        cluster.wake(Node.class, loop, node -> cluster.cached(Pod.class).stream()
                .filter(pod -> node.getMetadata().getName().equals(pod.getSpec().getNodeName()))
                .map(ObjectKey::of));
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var pod = cluster.informer(Pod.class).getStore().getByKey(key.toString());
        if (pod == null || pod.getSpec().getNodeName() == null) {
            return Optional.empty();
        }
        var nodes = cluster.informer(Node.class);
        var node = nodes.getStore().getByKey(pod.getSpec().getNodeName());
        if (node == null) {
            return nodes.isWatching() ? orphan(pod) : Optional.of(Duration.ofSeconds(1));
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var left = node.getSpec().getTaints().stream()
                .filter(taint -> "NoExecute".equals(taint.getEffect()))
                .flatMap(taint -> stay(pod, taint))
                .min(Duration::compareTo);
        if (left.isPresent() && !left.get().isPositive()) {
            events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + key);
            cluster.delete(pod);
            return Optional.empty();
        }
        return left;
    }

    /** How long the pod may still stay in spite of the taint; nothing if for ever. */
    private Stream<Duration> stay(Pod pod, Taint taint) {
        var toleration = Tolerations.matching(pod, taint);
        if (toleration.isPresent() && toleration.get().getTolerationSeconds() == null) {
            return Stream.empty();
        }
        var allowed = toleration
                .map(t -> Duration.ofSeconds(t.getTolerationSeconds()))
                .orElse(NODE_LOST.contains(taint.getKey()) ? whenLost : Duration.ZERO);
        var since = taint.getTimeAdded() == null ? cluster.clock().instant() : Instant.parse(taint.getTimeAdded());
        return Stream.of(Duration.between(cluster.clock().instant(), since.plus(allowed)));
    }

    private Optional<Duration> orphan(Pod pod) {
        var node = new ObjectKey("", pod.getSpec().getNodeName());
        if (cluster.find(Node.class, node).isEmpty()) {
            cluster.deleteNow(pod);
        }
        return Optional.empty();
    }
}
