package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a pod fits. Pure: nodes and the pods on them in, a place or the reasons against out; the words are kube-scheduler's. */
final class Fit {

    sealed interface Decision {
        record Place(String node) implements Decision {}

        record Nowhere(String message) implements Decision {}
    }

    private record Free(Node node, double used, int pods) {}

    private Fit() {}

    /** The emptiest of the nodes that take the pod; of equal ones the first by name. */
    static Decision decide(Pod pod, Collection<Node> nodes, Map<String, List<Pod>> podsByNode) {
        var fitting = new ArrayList<Free>();
        var reasons = new TreeMap<String, Integer>();
        for (var node : nodes) {
            var there = podsByNode.getOrDefault(node.getMetadata().getName(), List.of());
            var against = reasonsAgainst(pod, node, there);
            if (against.isEmpty()) {
                fitting.add(free(node, there));
            }
            against.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        }
        return fitting.stream()
                .min(Comparator.comparingDouble(Free::used)
                        .thenComparing(Free::pods)
                        .thenComparing(free -> free.node().getMetadata().getName()))
                .<Decision>map(
                        free -> new Decision.Place(free.node().getMetadata().getName()))
                .orElseGet(() -> new Decision.Nowhere(message(nodes.size(), reasons)));
    }

    private static String message(int nodes, Map<String, Integer> reasons) {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        return reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", ", "0/" + nodes + " nodes are available: ", "."));
    }

    static List<String> reasonsAgainst(Pod pod, Node node, List<Pod> there) {
        var spec = pod.getSpec();
        if (Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && Tolerations.untolerated(List.of(Taints.UNSCHEDULABLE), spec.getTolerations())
                        .isPresent()) {
            return List.of("node(s) were unschedulable");
        }
        var taint = Tolerations.untolerated(node.getSpec().getTaints(), spec.getTolerations());
        if (taint.isPresent()) {
            return List.of("node(s) had untolerated taint {" + taint.get().getKey() + ": "
                    + (taint.get().getValue() == null ? "" : taint.get().getValue()) + "}");
        }
        if (!NodeAffinities.match(spec, node)) {
            return List.of("node(s) didn't match Pod's node affinity/selector");
        }
        var status = node.getStatus();
        return Resources.of(status == null ? null : status.getAllocatable())
                .lacking(Resources.requestedBy(there), Resources.requestedBy(spec))
                .stream()
                .map(name -> "pods".equals(name) ? "Too many pods" : "Insufficient " + name)
                .toList();
    }

    private static Free free(Node node, List<Pod> there) {
        var all = Resources.of(node.getStatus().getAllocatable());
        var used = Resources.requestedBy(there);
        return new Free(node, all.share(used, "cpu") + all.share(used, "memory"), there.size());
    }
}
