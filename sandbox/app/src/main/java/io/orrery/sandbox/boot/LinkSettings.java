package io.orrery.sandbox.boot;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * How machines come up.
 *
 * @param start from a unit's start until RKE2 has done its work (a minute or two in reality)
 * @param firstRetry after a failure, doubled each time up to mostRetry (5 s in reality)
 * @param bakedVersion of RKE2 in images, where no command installs another
 * @param controllers what runs on each cluster beside its kubelets; closed with it
 */
public record LinkSettings(
        Duration start,
        Duration firstRetry,
        Duration mostRetry,
        String bakedVersion,
        KubeletSettings kubelet,
        Function<KubernetesClient, ? extends AutoCloseable> controllers,
        Clock clock) {

    /** Quick, and with nothing on the clusters but kubelets. */
    public static LinkSettings bare() {
        return new LinkSettings(
                Duration.ofMillis(300),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                "v1.35.4+rke2r1",
                KubeletSettings.defaults(),
                client -> () -> {},
                Clock.systemUTC());
    }

    public LinkSettings withStart(Duration delay) {
        return new LinkSettings(delay, firstRetry, mostRetry, bakedVersion, kubelet, controllers, clock);
    }

    public LinkSettings withKubelet(KubeletSettings other) {
        return new LinkSettings(start, firstRetry, mostRetry, bakedVersion, other, controllers, clock);
    }

    public LinkSettings withControllers(Function<KubernetesClient, ? extends AutoCloseable> other) {
        return new LinkSettings(start, firstRetry, mostRetry, bakedVersion, kubelet, other, clock);
    }
}
