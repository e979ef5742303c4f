package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.reconcile.ClusterApi;
import io.orrery.cluster.reconcile.Clusters;
import io.orrery.contracts.PlatformName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Clusters by fabric8's client, one for each platform. */
public final class KubernetesClusters implements Clusters, AutoCloseable {

    private record Open(Key key, Instant renewAt, KubernetesClient client, NodeWatch watch) {}

    private final Map<PlatformName, Open> open = new ConcurrentHashMap<>();
    private final Consumer<PlatformName> wake;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param wake is called when a platform's nodes have changed
     * @param patience how long one call may take, and getting a connection too
     */
    public KubernetesClusters(Consumer<PlatformName> wake, Duration patience, Clock clock) {
        this.wake = wake;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public ClusterApi open(Key key, Supplier<Kubeconfig> kubeconfig) {
        var current = open.compute(key.platform(), (name, before) -> {
            if (before != null && before.key.equals(key) && clock.instant().isBefore(before.renewAt)) {
                return before;
            }
            Optional.ofNullable(before).ifPresent(KubernetesClusters::end);
            return begin(key, kubeconfig.get());
        });
        return new KubernetesApi(current.client, current.watch, clock);
    }

    @Override
    public void close(PlatformName platform) {
        Optional.ofNullable(open.remove(platform)).ifPresent(KubernetesClusters::end);
    }

    @Override
    public void close() {
        open.keySet().forEach(this::close);
    }

    private Open begin(Key key, Kubeconfig kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig.yaml());
        config.setConnectionTimeout((int) patience.toMillis());
        config.setRequestTimeout((int) patience.toMillis());
        // what fails is tried again by the loop
        config.setRequestRetryBackoffLimit(0);
        var client = new KubernetesClientBuilder().withConfig(config).build();
        var life = Duration.between(clock.instant(), kubeconfig.expires());
        return new Open(
                key,
                clock.instant().plus(life.dividedBy(2)),
                client,
                new NodeWatch(client, () -> wake.accept(key.platform())));
    }

    private static void end(Open open) {
        open.watch.close();
        open.client.close();
    }
}
