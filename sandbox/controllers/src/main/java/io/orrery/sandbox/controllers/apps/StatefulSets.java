package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pods with names that stay: made in order, each when the one before is ready; removed and replaced from the highest down.
 * Revisions are told by their hash only; ControllerRevision objects are not written.
 */
public final class StatefulSets {

    private static final String REVISION = "controller-revision-hash";

    private final Cluster cluster;
    private final Events events;

    public StatefulSets(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("statefulset-controller");
        Loop loop = cluster.loop("statefulsets", 4, this::reconcile);
        cluster.wake(StatefulSet.class, loop);
        cluster.wakeOwner(Pod.class, "StatefulSet", loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(StatefulSet.class, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var set = found.get();
        var revision = set.getMetadata().getName() + "-"
                + PodTemplates.hash(set.getSpec().getTemplate(), REVISION);
        var pods = new TreeMap<Integer, Pod>();
        Pods.of(cluster, set, set.getSpec().getSelector())
                .forEach(pod -> ordinal(set, pod).ifPresent(ordinal -> pods.put(ordinal, pod)));
        if (set.getMetadata().getDeletionTimestamp() == null) {
            step(set, pods, revision);
        }
        tell(set, List.copyOf(pods.values()), revision);
        return Optional.empty();
    }

    private static Optional<Integer> ordinal(StatefulSet set, Pod pod) {
        var prefix = set.getMetadata().getName() + "-";
        var name = pod.getMetadata().getName();
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d{1,9}")
                ? Optional.of(Integer.parseInt(name.substring(prefix.length())))
                : Optional.empty();
    }

    /** In the ordered way one pod is changed at a time; the others wait for it. */
    private void step(StatefulSet set, NavigableMap<Integer, Pod> pods, String revision) {
        var wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        var parallel = "Parallel".equals(set.getSpec().getPodManagementPolicy());
        for (var ordinal = 0; ordinal < wanted; ordinal++) {
            var pod = pods.get(ordinal);
            if (pod == null) {
                create(set, ordinal, revision)
                        .ifPresent(made -> pods.put(ordinal(set, made).orElseThrow(), made));
            } else if (Pods.hasEnded(pod) && pod.getMetadata().getDeletionTimestamp() == null) {
                cluster.delete(pod);
            }
            if (!parallel && (pod == null || !isHealthy(pod))) {
                return;
            }
        }
        for (var surplus :
                List.copyOf(pods.tailMap(wanted, true).descendingMap().values())) {
            if (surplus.getMetadata().getDeletionTimestamp() == null) {
                cluster.delete(surplus);
                deleted(set, surplus);
            }
            if (!parallel) {
                return;
            }
        }
        update(set, pods, revision);
    }

    private void update(StatefulSet set, NavigableMap<Integer, Pod> pods, String revision) {
        var strategy = set.getSpec().getUpdateStrategy();
        if (strategy != null && "OnDelete".equals(strategy.getType())) {
            return;
        }
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        var partition = rolling == null || rolling.getPartition() == null ? 0 : rolling.getPartition();
        for (var pod : pods.tailMap(partition, true).descendingMap().values()) {
            if (!isHealthy(pod)) {
                return;
            }
            if (!revision.equals(pod.getMetadata().getLabels().get(REVISION))) {
                cluster.delete(pod);
                deleted(set, pod);
                return;
            }
        }
    }

    private void deleted(StatefulSet set, Pod pod) {
        events.normal(
                set,
                "SuccessfulDelete",
                "delete Pod " + pod.getMetadata().getName() + " in StatefulSet "
                        + set.getMetadata().getName() + " successful");
    }

    private static boolean isHealthy(Pod pod) {
        return Pods.isActive(pod) && Pods.isReady(pod);
    }

    private Optional<Pod> create(StatefulSet set, int ordinal, String revision) {
        var name = set.getMetadata().getName() + "-" + ordinal;
        var claims = new ArrayList<PersistentVolumeClaim>();
        set.getSpec().getVolumeClaimTemplates().forEach(template -> claims.add(claim(set, template, name)));
        claims.forEach(cluster::create);
        var pod = PodTemplates.pod(set, set.getSpec().getTemplate())
                .editMetadata()
                .withName(name)
                .addToLabels(Map.of(
                        REVISION,
                        revision,
                        "statefulset.kubernetes.io/pod-name",
                        name,
                        "apps.kubernetes.io/pod-index",
                        String.valueOf(ordinal)))
                .endMetadata()
                .editSpec()
                .withHostname(name)
                .withSubdomain(set.getSpec().getServiceName())
                .endSpec()
                .build();
        for (var template : set.getSpec().getVolumeClaimTemplates()) {
            var volume = template.getMetadata().getName();
            pod.getSpec().getVolumes().removeIf(v -> volume.equals(v.getName()));
            pod.getSpec()
                    .getVolumes()
                    .add(new VolumeBuilder()
                            .withName(volume)
                            .withNewPersistentVolumeClaim(volume + "-" + name, false)
                            .build());
        }
        var made = cluster.create(pod);
        made.ifPresent(p -> events.normal(
                set,
                "SuccessfulCreate",
                "create Pod " + name + " in StatefulSet " + set.getMetadata().getName() + " successful"));
        return made;
    }

    /** Claims have no owner: they outlive the set, so that its data do. */
    private static PersistentVolumeClaim claim(StatefulSet set, PersistentVolumeClaim template, String pod) {
        return new PersistentVolumeClaimBuilder(template)
                .editMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(template.getMetadata().getName() + "-" + pod)
                .addToLabels(set.getSpec().getSelector().getMatchLabels())
                .endMetadata()
                .withStatus(null)
                .build();
    }

    private void tell(StatefulSet set, List<Pod> pods, String revision) {
        var before = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        var now = Instant.now(cluster.clock());
        var updated = (int) pods.stream()
                .filter(Pods::isActive)
                .filter(pod -> revision.equals(pod.getMetadata().getLabels().get(REVISION)))
                .count();
        var healthy = (int) pods.stream().filter(StatefulSets::isHealthy).count();
        var wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        var complete = updated == wanted && healthy == wanted && pods.size() == wanted;
        var current = complete || before.getCurrentRevision() == null ? revision : before.getCurrentRevision();
        var currentPods = current;
        var status = new StatefulSetStatusBuilder(before)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(pods.size())
                .withReadyReplicas(healthy)
                .withAvailableReplicas((int) pods.stream()
                        .filter(pod -> Pods.isAvailable(pod, set.getSpec().getMinReadySeconds(), now))
                        .count())
                .withUpdatedReplicas(updated)
                .withCurrentReplicas((int) pods.stream()
                        .filter(pod ->
                                currentPods.equals(pod.getMetadata().getLabels().get(REVISION)))
                        .count())
                .withCurrentRevision(current)
                .withUpdateRevision(revision)
                .withCollisionCount(0)
                .build();
        if (!status.equals(set.getStatus())) {
            cluster.client()
                    .resource(new StatefulSetBuilder(set).withStatus(status).build())
                    .updateStatus();
        }
    }
}
