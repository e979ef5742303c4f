package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.cluster.reconcile.ClusterApi;
import java.util.Set;
import java.util.function.Supplier;

/** Sorts what goes wrong with an API server by what can be done about it. */
final class Failures {

    private static final Set<Integer> NOT_LET_IN = Set.of(401, 403);

    private Failures() {}

    static <T> T sorted(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            if (NOT_LET_IN.contains(e.getCode())) {
                throw new ClusterApi.Refused("HTTP " + e.getCode(), e);
            }
            throw new ClusterApi.Unreachable(reason(e), e);
        }
    }

    /** What lies at the root, in words that do not change from try to try. */
    private static String reason(KubernetesClientException e) {
        // 0 and -1 are fabric8's ways to say that there was no answer
        if (e.getCode() > 0) {
            return "HTTP " + e.getCode();
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }
}
