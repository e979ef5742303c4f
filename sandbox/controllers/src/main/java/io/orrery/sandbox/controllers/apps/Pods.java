package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the workload controllers ask about pods. */
public final class Pods {

    private Pods() {}

    /** The pods that this owner controls, as the API has them now. */
    public static List<Pod> of(Cluster cluster, HasMetadata owner, LabelSelector selector) {
        return cluster
                .client()
                .pods()
                .inNamespace(owner.getMetadata().getNamespace())
                .withLabelSelector(selector)
                .list()
                .getItems()
                .stream()
                .filter(pod -> Owners.isControlledBy(pod, owner))
                .toList();
    }

    /** Neither ended nor on its way out. */
    public static boolean isActive(Pod pod) {
        return !hasEnded(pod) && pod.getMetadata().getDeletionTimestamp() == null;
    }

    public static boolean hasEnded(Pod pod) {
        return PodTemplates.is(pod, "Succeeded") || PodTemplates.is(pod, "Failed");
    }

    public static boolean isReady(Pod pod) {
        return readySince(pod).isPresent();
    }

    /** Ready, and for so long that it counts. */
    static boolean isAvailable(Pod pod, Integer minReadySeconds, Instant now) {
        var wait = Duration.ofSeconds(minReadySeconds == null ? 0 : minReadySeconds);
        return readySince(pod)
                .filter(since -> wait.isZero() || !since.plus(wait).isAfter(now))
                .isPresent();
    }

    private static Optional<Instant> readySince(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .map(time -> time == null ? Instant.EPOCH : Instant.parse(time))
                        .findFirst();
    }
}
