package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import io.orrery.sandbox.controllers.nodes.NodeAffinities;
import io.orrery.sandbox.controllers.nodes.Tolerations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One pod on each node that suits; the scheduler binds it, to that node and no other. */
public final class DaemonSets {

    private static final String REVISION = "controller-revision-hash";

    /** What upstream adds to each daemon pod, so that it stays where others are driven away. */
    private static final List<Toleration> ADDED = Stream.of(
                    "node.kubernetes.io/not-ready/NoExecute",
                    "node.kubernetes.io/unreachable/NoExecute",
                    "node.kubernetes.io/disk-pressure/NoSchedule",
                    "node.kubernetes.io/memory-pressure/NoSchedule",
                    "node.kubernetes.io/pid-pressure/NoSchedule",
                    "node.kubernetes.io/unschedulable/NoSchedule")
            .map(DaemonSets::toleration)
            .toList();

    private final Cluster cluster;
    private final Events events;

    public DaemonSets(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("daemonset-controller");
        Loop loop = cluster.loop("daemonsets", 4, this::reconcile);
        cluster.wake(DaemonSet.class, loop);
        cluster.wakeOwner(Pod.class, "DaemonSet", loop);
        cluster.wake(Node.class, loop, node -> cluster.cached(DaemonSet.class).stream()
                .map(ObjectKey::of));
    }

    private static Toleration toleration(String keyAndEffect) {
        var slash = keyAndEffect.lastIndexOf('/');
        return new TolerationBuilder()
                .withKey(keyAndEffect.substring(0, slash))
                .withEffect(keyAndEffect.substring(slash + 1))
                .withOperator("Exists")
                .build();
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(DaemonSet.class, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var set = found.get();
        var revision = PodTemplates.hash(set.getSpec().getTemplate(), REVISION);
        var suitable = cluster.client().nodes().list().getItems().stream()
                .filter(node -> suits(set, node))
                .map(node -> node.getMetadata().getName())
                .toList();
        var byNode = byNode(Pods.of(cluster, set, set.getSpec().getSelector()));
        if (set.getMetadata().getDeletionTimestamp() == null) {
            place(set, suitable, byNode, revision);
            replace(set, suitable, byNode, revision);
        }
        tell(set, suitable, byNode, revision);
        return Optional.empty();
    }

    static boolean suits(DaemonSet set, Node node) {
        var spec = set.getSpec().getTemplate().getSpec();
        var tolerations =
                Stream.concat(spec.getTolerations().stream(), ADDED.stream()).toList();
        var taints = node.getSpec().getTaints();
        return NodeAffinities.match(spec, node)
                && Tolerations.untolerated(taints, tolerations).isEmpty();
    }

    private static Map<String, List<Pod>> byNode(List<Pod> pods) {
        var byNode = new HashMap<String, List<Pod>>();
        pods.forEach(pod ->
                byNode.computeIfAbsent(nodeOf(pod), n -> new ArrayList<>()).add(pod));
        return byNode;
    }

    /** Where it runs, or where it is meant to. */
    private static String nodeOf(Pod pod) {
        if (pod.getSpec().getNodeName() != null) {
            return pod.getSpec().getNodeName();
        }
        return pod.getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .getFirst()
                .getMatchFields()
                .getFirst()
                .getValues()
                .getFirst();
    }

    private void place(DaemonSet set, List<String> suitable, Map<String, List<Pod>> byNode, String revision) {
        for (var node : suitable) {
            var there = byNode.computeIfAbsent(node, n -> new ArrayList<>());
            there.stream()
                    .filter(Pods::hasEnded)
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .forEach(cluster::delete);
            var active = there.stream().filter(Pods::isActive).toList();
            if (active.isEmpty() && there.stream().allMatch(Pods::hasEnded)) {
                there.add(create(set, node, revision));
            }
            active.stream()
                    .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                    .skip(1)
                    .forEach(cluster::delete);
        }
        byNode.forEach((node, there) -> {
            if (!suitable.contains(node)) {
                there.stream().filter(Pods::isActive).forEach(cluster::delete);
            }
        });
    }

    /** Old pods are replaced as far as so many may be unavailable at a time; those that are anyway go first. */
    private void replace(DaemonSet set, List<String> suitable, Map<String, List<Pod>> byNode, String revision) {
        var strategy = set.getSpec().getUpdateStrategy();
        if (strategy != null && "OnDelete".equals(strategy.getType())) {
            return;
        }
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        var most = rolling == null || rolling.getMaxUnavailable() == null
                ? 1
                : RollingUpdate.of(suitable.size(), null, rolling.getMaxUnavailable())
                        .maxUnavailable();
        var ready = suitable.stream()
                .filter(node -> byNode.get(node).stream().anyMatch(DaemonSets::serves))
                .count();
        var budget = Math.max(0, most - (suitable.size() - ready));
        var old = byNode.values().stream()
                .flatMap(List::stream)
                .filter(Pods::isActive)
                .filter(pod -> !revision.equals(pod.getMetadata().getLabels().get(REVISION)))
                .toList();
        old.stream().filter(pod -> !Pods.isReady(pod)).forEach(cluster::delete);
        old.stream().filter(Pods::isReady).limit(budget).forEach(cluster::delete);
    }

    private static boolean serves(Pod pod) {
        return Pods.isActive(pod) && Pods.isReady(pod);
    }

    private Pod create(DaemonSet set, String node, String revision) {
        var onlyThere = new NodeSelectorTermBuilder()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node)
                .endMatchField()
                .build();
        var pod = PodTemplates.pod(set, set.getSpec().getTemplate())
                .editMetadata()
                .withName(PodTemplates.generated(set.getMetadata().getName()))
                .withGenerateName(set.getMetadata().getName() + "-")
                .addToLabels(REVISION, revision)
                .endMetadata()
                .editSpec()
                .addAllToTolerations(ADDED)
                .editOrNewAffinity()
                .editOrNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withNodeSelectorTerms(onlyThere)
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
        var made = cluster.client().resource(pod).create();
        events.normal(
                set, "SuccessfulCreate", "Created pod: " + made.getMetadata().getName());
        return made;
    }

    private void tell(DaemonSet set, List<String> suitable, Map<String, List<Pod>> byNode, String revision) {
        var before = Optional.ofNullable(set.getStatus()).orElseGet(DaemonSetStatus::new);
        var there = suitable.stream()
                .map(node -> byNode.getOrDefault(node, List.of()).stream()
                        .filter(Pods::isActive)
                        .findFirst())
                .flatMap(Optional::stream)
                .toList();
        var ready = (int) there.stream().filter(Pods::isReady).count();
        var status = new DaemonSetStatusBuilder(before)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withDesiredNumberScheduled(suitable.size())
                .withCurrentNumberScheduled(there.size())
                .withNumberMisscheduled((int) byNode.entrySet().stream()
                        .filter(entry -> !suitable.contains(entry.getKey()))
                        .filter(entry -> entry.getValue().stream().anyMatch(Pods::isActive))
                        .count())
                .withNumberReady(ready)
                .withNumberAvailable(ready)
                .withNumberUnavailable(suitable.size() - ready)
                .withUpdatedNumberScheduled((int) there.stream()
                        .filter(pod ->
                                revision.equals(pod.getMetadata().getLabels().get(REVISION)))
                        .count())
                .build();
        if (!status.equals(set.getStatus())) {
            cluster.client()
                    .resource(new DaemonSetBuilder(set).withStatus(status).build())
                    .updateStatus();
        }
    }
}
