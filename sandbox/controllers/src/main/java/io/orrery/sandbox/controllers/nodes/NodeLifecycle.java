package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Takes a node for unreachable when its lease is no longer renewed, and for well when it is again. Like upstream's node
 * lifecycle controller it counts from when *it* last saw the lease change, so that neither a clock that is off nor an API
 * server that was away makes all nodes look lost.
 */
public final class NodeLifecycle {

    private record Seen(String renewed, Instant at) {}

    private final Cluster cluster;
    private final Duration grace;
    private final Events events;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** Without a renewal for this long a node's state is Unknown. */
    public NodeLifecycle(Cluster cluster, Duration grace) {
        this.cluster = cluster;
        this.grace = grace;
        this.events = cluster.events("node-controller");
        Loop loop = cluster.loop("node-lifecycle", 2, this::reconcile);
        cluster.wake(Node.class, loop);
        cluster.wake(
                Lease.class,
                loop,
                lease -> "kube-node-lease".equals(lease.getMetadata().getNamespace())
                        ? Stream.of(new ObjectKey("", lease.getMetadata().getName()))
                        : Stream.empty());
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        if (!cluster.informer(Lease.class).isWatching()) {
            seen.clear();
            return Optional.of(grace);
        }
        var cached = cluster.informer(Node.class).getStore().getByKey(key.name());
        if (cached == null) {
            seen.remove(key.name());
            return Optional.empty();
        }
        var silence = silence(cached);
        var lost = silence.compareTo(grace) >= 0;
        cluster.find(Node.class, key).ifPresent(node -> judge(node, lost));
        return Optional.of(lost ? grace : grace.minus(silence).plusMillis(1));
    }

    private Duration silence(Node node) {
        var name = node.getMetadata().getName();
        var lease = cluster.informer(Lease.class).getStore().getByKey("kube-node-lease/" + name);
        var renewed = lease == null ? "" : String.valueOf(lease.getSpec().getRenewTime());
        var now = cluster.clock().instant();
        var last = seen.compute(
                name,
                (n, before) -> before != null && before.renewed().equals(renewed) ? before : new Seen(renewed, now));
        return Duration.between(last.at(), now);
    }

    private void judge(Node node, boolean lost) {
        var ready = readiness(node);
        if (lost && !"Unknown".equals(ready)) {
            node = unknown(node);
            events.normal(
                    node, "NodeNotReady", "Node " + node.getMetadata().getName() + " status is now: NodeNotReady");
            ready = "Unknown";
        }
        var wanted = taints(node, ready);
        if (!wanted.equals(node.getSpec().getTaints())) {
            cluster.client()
                    .resource(new NodeBuilder(node)
                            .editSpec()
                            .withTaints(wanted)
                            .endSpec()
                            .build())
                    .update();
        }
    }

    static String readiness(Node node) {
        return node.getStatus() == null
                ? "Unknown"
                : node.getStatus().getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .map(condition -> condition.getStatus())
                        .findFirst()
                        .orElse("False");
    }

    private Node unknown(Node node) {
        var conditions = new ArrayList<>(node.getStatus().getConditions());
        conditions.replaceAll(condition -> new NodeConditionBuilder(condition)
                .withStatus("Unknown")
                .withReason("NodeStatusUnknown")
                .withMessage("Kubelet stopped posting node status.")
                .withLastTransitionTime(cluster.now())
                .build());
        return cluster.client()
                .resource(new NodeBuilder(node)
                        .editStatus()
                        .withConditions(conditions)
                        .endStatus()
                        .build())
                .updateStatus();
    }

    /** Both effects of the key that fits, and none of the other; everybody else's taints stay. */
    private List<Taint> taints(Node node, String ready) {
        var key =
                switch (ready) {
                    case "True" -> null;
                    case "Unknown" -> Taints.UNREACHABLE;
                    default -> Taints.NOT_READY;
                };
        var taints = new ArrayList<>(node.getSpec().getTaints());
        taints.removeIf(taint -> List.of(Taints.UNREACHABLE, Taints.NOT_READY).contains(taint.getKey())
                && !Objects.equals(taint.getKey(), key));
        if (key != null && taints.stream().noneMatch(taint -> key.equals(taint.getKey()))) {
            taints.add(Taints.of(key, "NoSchedule", cluster.now()));
            taints.add(Taints.of(key, "NoExecute", cluster.now()));
        }
        return taints;
    }
}
