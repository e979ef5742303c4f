package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which pods have to leave a node that is emptied; as kubectl drain has it. */
final class Evictions {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Evictions() {}

    /** A DaemonSet would start its pod again at once; a static pod's mirror is nobody's to evict. */
    static boolean mustLeave(Pod pod) {
        return !isMirror(pod) && !isOfDaemonSet(pod) && !hasEnded(pod);
    }

    private static boolean isMirror(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations())
                .orElse(Map.of())
                .containsKey(MIRROR);
    }

    private static boolean isOfDaemonSet(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getKind)
                .anyMatch("DaemonSet"::equals);
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus() != null
                && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
    }
}
