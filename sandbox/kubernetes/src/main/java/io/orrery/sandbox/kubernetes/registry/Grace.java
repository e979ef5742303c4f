package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;

/** How long a pod may take to end (upstream: registry/core/pod/strategy.go, CheckGracefulDelete). */
final class Grace {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final long DEFAULT_SECONDS = 30;

    private Grace() {}

    /** No time at all for a pod that no node knows of, or that has ended: nobody would remove it later. */
    static Duration ofPod(ObjectNode pod, DeleteOptions options) {
        var asked = options.gracePeriodSeconds()
                .orElseGet(() ->
                        pod.path("spec").path("terminationGracePeriodSeconds").asLong(DEFAULT_SECONDS));
        var unassigned = pod.path("spec").path("nodeName").asText("").isEmpty();
        var ended = ENDED.contains(pod.path("status").path("phase").asText(""));
        return unassigned || ended || asked <= 0 ? Duration.ZERO : Duration.ofSeconds(asked);
    }
}
