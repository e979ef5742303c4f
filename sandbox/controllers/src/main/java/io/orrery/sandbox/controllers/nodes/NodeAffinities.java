package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.math.BigInteger;
import java.util.List;

/** Whether a node is one that a pod asks for, by nodeSelector and by the required terms of its node affinity. */
public final class NodeAffinities {

    private NodeAffinities() {}

    public static boolean match(PodSpec pod, Node node) {
        var labels = node.getMetadata().getLabels();
        var selected = pod.getNodeSelector().entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
        return selected && affinity(pod, node);
    }

    private static boolean affinity(PodSpec pod, Node node) {
        if (pod.getAffinity() == null || pod.getAffinity().getNodeAffinity() == null) {
            return true;
        }
        var required = pod.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
        return required == null || required.getNodeSelectorTerms().stream().anyMatch(term -> matches(term, node));
    }

    /** A term without any requirement matches nothing, as upstream's rule says. */
    private static boolean matches(NodeSelectorTerm term, Node node) {
        if (term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty()) {
            return false;
        }
        var labels = node.getMetadata().getLabels();
        return term.getMatchExpressions().stream().allMatch(r -> holds(r, labels.get(r.getKey())))
                && term.getMatchFields().stream().allMatch(r -> holds(r, field(r.getKey(), node)));
    }

    private static String field(String key, Node node) {
        return "metadata.name".equals(key) ? node.getMetadata().getName() : null;
    }

    private static boolean holds(NodeSelectorRequirement requirement, String value) {
        var values = requirement.getValues();
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compares(value, values, 1);
            case "Lt" -> compares(value, values, -1);
            default -> false;
        };
    }

    private static boolean compares(String value, List<String> values, int sign) {
        try {
            return value != null && new BigInteger(value).compareTo(new BigInteger(values.getFirst())) == sign;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
