package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds pods to nodes, one after the other; what fits nowhere waits until a node or a pod changes. */
public final class Scheduler {

    private final Cluster cluster;
    private final Set<String> names;
    private final Events events;
    private final Loop loop;

    /** What was bound and may not stand in the informer's store yet; touched by the loop's only worker. */
    private final Map<String, Pod> assumed = new HashMap<>();

    /** Takes the pods whose schedulerName is one of these, and those that have none. */
    public Scheduler(Cluster cluster, Set<String> names) {
        this.cluster = cluster;
        this.names = Set.copyOf(names);
        this.events = cluster.events("default-scheduler");
        this.loop = cluster.loop("scheduler", 1, this::reconcile);
        cluster.wake(Pod.class, loop);
        cluster.informer(Node.class).addEventHandler(new RoomHandler<>());
        cluster.informer(Pod.class).addEventHandler(new RoomHandler<>());
    }

    /** A node that comes or changes, a pod that goes: who waits may fit now. */
    private final class RoomHandler<T> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            if (object instanceof Node) {
                wakeWaiting();
            }
        }

        @Override
        public void onUpdate(T before, T after) {
            var moreRoom =
                    switch (after) {
                        case Node node -> !heartbeat((Node) before, node);
                        case Pod pod -> hasEnded(pod) && !hasEnded((Pod) before);
                        default -> false;
                    };
            if (moreRoom) {
                wakeWaiting();
            }
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            wakeWaiting();
        }

        private boolean heartbeat(Node before, Node after) {
            return before.getSpec().equals(after.getSpec())
                    && before.getMetadata()
                            .getLabels()
                            .equals(after.getMetadata().getLabels())
                    && java.util.Objects.equals(allocatable(before), allocatable(after));
        }

        private Object allocatable(Node node) {
            return node.getStatus() == null ? null : node.getStatus().getAllocatable();
        }
    }

    private void wakeWaiting() {
        cluster.cached(Pod.class).stream()
                .filter(this::isOurs)
                .map(ObjectKey::of)
                .forEach(loop::add);
    }

    private boolean isOurs(Pod pod) {
        var scheduler = pod.getSpec().getSchedulerName();
        return pod.getSpec().getNodeName() == null
                && pod.getMetadata().getDeletionTimestamp() == null
                && pod.getSpec().getSchedulingGates().isEmpty()
                && (scheduler == null || names.contains(scheduler))
                && !hasEnded(pod);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var pod = cluster.informer(Pod.class).getStore().getByKey(key.toString());
        if (pod == null || !isOurs(pod) || assumed.containsKey(pod.getMetadata().getUid())) {
            return Optional.empty();
        }
        switch (Fit.decide(pod, cluster.cached(Node.class), podsByNode())) {
            case Fit.Decision.Place place -> bind(pod, place.node());
            case Fit.Decision.Nowhere nowhere -> tellUnschedulable(pod, nowhere.message());
        }
        return Optional.empty();
    }

    private Map<String, List<Pod>> podsByNode() {
        var byNode = new HashMap<String, List<Pod>>();
        for (var pod : cluster.cached(Pod.class)) {
            if (pod.getSpec().getNodeName() != null) {
                assumed.remove(pod.getMetadata().getUid());
                if (!hasEnded(pod)) {
                    byNode.computeIfAbsent(pod.getSpec().getNodeName(), n -> new ArrayList<>())
                            .add(pod);
                }
            }
        }
        assumed.values().removeIf(pod -> cluster.informer(Pod.class).getStore().get(pod) == null);
        assumed.values().forEach(pod -> byNode.computeIfAbsent(pod.getSpec().getNodeName(), n -> new ArrayList<>())
                .add(pod));
        return byNode;
    }

    private void bind(Pod pod, String node) {
        var key = ObjectKey.of(pod);
        var binding = new BindingBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .withUid(pod.getMetadata().getUid())
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        try {
            cluster.client()
                    .raw("/api/v1/namespaces/" + key.namespace() + "/pods/" + key.name() + "/binding", "POST", binding);
        } catch (KubernetesClientException e) {
            // 404: deleted in between. 409: bound already, the informer will say so.
            if (e.getCode() == 404 || e.getCode() == 409) {
                return;
            }
            throw e;
        }
        assumed.put(
                pod.getMetadata().getUid(),
                new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build());
        events.normal(pod, "Scheduled", "Successfully assigned " + key + " to " + node);
    }

    private void tellUnschedulable(Pod pod, String message) {
        events.warning(pod, "FailedScheduling", message);
        var told = pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "PodScheduled".equals(c.getType()) && message.equals(c.getMessage()));
        if (!told) {
            var copy = new PodBuilder(pod)
                    .editOrNewStatus()
                    .removeMatchingFromConditions(c -> "PodScheduled".equals(c.getType()))
                    .addToConditions(unschedulable(message))
                    .endStatus()
                    .build();
            cluster.client().resource(copy).updateStatus();
        }
    }

    private PodCondition unschedulable(String message) {
        return new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .withLastTransitionTime(cluster.now())
                .build();
    }

    static boolean hasEnded(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }
}
