package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which taints a pod puts up with: core/v1's Toleration.ToleratesTaint. */
public final class Tolerations {

    private Tolerations() {}

    /** The first taint, of those that keep a pod off a node, that none of the tolerations meets. */
    public static Optional<Taint> untolerated(List<Taint> taints, List<Toleration> tolerations) {
        return taints.stream()
                .filter(taint -> "NoSchedule".equals(taint.getEffect()) || "NoExecute".equals(taint.getEffect()))
                .filter(Predicate.not(taint -> tolerations.stream().anyMatch(t -> tolerates(t, taint))))
                .findFirst();
    }

    static Optional<Toleration> matching(Pod pod, Taint taint) {
        return pod.getSpec().getTolerations().stream()
                .filter(toleration -> tolerates(toleration, taint))
                .findFirst();
    }

    static boolean tolerates(Toleration toleration, Taint taint) {
        if (!isEmpty(toleration.getEffect()) && !toleration.getEffect().equals(taint.getEffect())) {
            return false;
        }
        var exists = "Exists".equals(toleration.getOperator());
        if (isEmpty(toleration.getKey())) {
            return exists;
        }
        return toleration.getKey().equals(taint.getKey())
                && (exists || orEmpty(toleration.getValue()).equals(orEmpty(taint.getValue())));
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
