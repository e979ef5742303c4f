package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.model.ClusterNode.Member;
import io.orrery.contracts.Slot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Node object says, in our words. */
final class Nodes {

    /** Ours: since when the node is being emptied. */
    static final String DRAINING = "orrery.io/draining-since";

    /** RKE2's: asks for the node's machine to be taken out of etcd. */
    static final String LEAVE_ETCD = "etcd.rke2.cattle.io/remove";
    /** RKE2's answer. */
    static final String LEFT_ETCD = "etcd.rke2.cattle.io/removed-node-name";

    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
    private static final String ETCD = "node-role.kubernetes.io/etcd";

    private Nodes() {}

    static ClusterNode read(Node node, int evictable) {
        var labels = labels(node);
        return new ClusterNode(
                node.getMetadata().getName(),
                labels.containsKey(CONTROL_PLANE) ? Slot.Role.SERVER : Slot.Role.AGENT,
                isReady(node),
                version(node),
                draining(node),
                evictable,
                member(node),
                Dressings.read(node));
    }

    static Map<String, String> labels(Node node) {
        return Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of());
    }

    static Map<String, String> annotations(Node node) {
        return Optional.ofNullable(node.getMetadata().getAnnotations()).orElse(Map.of());
    }

    private static boolean isReady(Node node) {
        return Optional.ofNullable(node.getStatus()).map(NodeStatus::getConditions).orElse(List.of()).stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(NodeCondition::getStatus)
                .anyMatch("True"::equals);
    }

    private static String version(Node node) {
        return Optional.ofNullable(node.getStatus())
                .map(NodeStatus::getNodeInfo)
                .map(NodeSystemInfo::getKubeletVersion)
                .orElse("");
    }

    /** Someone who uncordons the node stops the emptying; it then begins again from the start. */
    private static Optional<Instant> draining(Node node) {
        return Optional.ofNullable(annotations(node).get(DRAINING))
                .filter(since -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                .flatMap(Nodes::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static Member member(Node node) {
        if (!"true".equals(labels(node).get(ETCD))) {
            return Member.NONE;
        }
        if (annotations(node).containsKey(LEFT_ETCD)) {
            return Member.LEFT;
        }
        return "true".equals(annotations(node).get(LEAVE_ETCD)) ? Member.LEAVING : Member.MEMBER;
    }
}
