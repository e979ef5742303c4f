package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps as many pods of one template as its ReplicaSet asks for. */
public final class ReplicaSets {

    private final Cluster cluster;
    private final Events events;

    public ReplicaSets(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("replicaset-controller");
        Loop loop = cluster.loop("replicasets", 4, this::reconcile);
        cluster.wake(ReplicaSet.class, loop);
        cluster.wakeOwner(Pod.class, "ReplicaSet", loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(ReplicaSet.class, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var set = found.get();
        var pods = new ArrayList<>(Pods.of(cluster, set, set.getSpec().getSelector()));
        if (set.getMetadata().getDeletionTimestamp() == null) {
            scale(set, pods);
        }
        tell(set, pods);
        return waitsForAvailability(set, pods) ? Optional.of(Duration.ofSeconds(1)) : Optional.empty();
    }

    private void scale(ReplicaSet set, List<Pod> pods) {
        var wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        var active = pods.stream().filter(Pods::isActive).toList();
        for (var i = active.size(); i < wanted; i++) {
            var pod = cluster.client()
                    .resource(PodTemplates.pod(set, set.getSpec().getTemplate())
                            .editMetadata()
                            .withName(PodTemplates.generated(set.getMetadata().getName()))
                            .withGenerateName(set.getMetadata().getName() + "-")
                            .endMetadata()
                            .build())
                    .create();
            pods.add(pod);
            events.normal(
                    set, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
        }
        for (var pod : surplus(active, wanted)) {
            cluster.delete(pod);
            pods.remove(pod);
            events.normal(
                    set, "SuccessfulDelete", "Deleted pod: " + pod.getMetadata().getName());
        }
    }

    /** Those that serve nobody go first, then the youngest. */
    static List<Pod> surplus(List<Pod> active, int wanted) {
        return active.stream()
                .sorted(Comparator.comparing(Pods::isReady)
                        .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder()))
                .limit(Math.max(0, active.size() - wanted))
                .toList();
    }

    private void tell(ReplicaSet set, List<Pod> pods) {
        var active = pods.stream().filter(Pods::isActive).toList();
        var now = Instant.now(cluster.clock());
        var before = Optional.ofNullable(set.getStatus()).orElseGet(ReplicaSetStatus::new);
        var labels =
                Optional.ofNullable(set.getSpec().getTemplate().getMetadata().getLabels());
        var status = new ReplicaSetStatusBuilder(before)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(active.size())
                .withFullyLabeledReplicas((int) active.stream()
                        .filter(pod -> labels.map(l ->
                                        pod.getMetadata().getLabels().entrySet().containsAll(l.entrySet()))
                                .orElse(true))
                        .count())
                .withReadyReplicas((int) active.stream().filter(Pods::isReady).count())
                .withAvailableReplicas((int) active.stream()
                        .filter(pod -> Pods.isAvailable(pod, set.getSpec().getMinReadySeconds(), now))
                        .count())
                .build();
        if (!status.equals(set.getStatus())) {
            cluster.client()
                    .resource(new ReplicaSetBuilder(set).withStatus(status).build())
                    .updateStatus();
        }
    }

    private boolean waitsForAvailability(ReplicaSet set, List<Pod> pods) {
        var now = Instant.now(cluster.clock());
        return pods.stream()
                .anyMatch(pod -> Pods.isReady(pod)
                        && !Pods.isAvailable(pod, set.getSpec().getMinReadySeconds(), now));
    }
}
