package io.orrery.monitoring.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import io.orrery.monitoring.reconcile.Cluster;
import io.orrery.monitoring.reconcile.Clusters;
import io.orrery.reconciler.seal.Sealer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one client for each platform, and makes a new one when the kubeconfig has changed. */
public final class KubernetesClusters implements Clusters, AutoCloseable {

    private record Open(String digest, KubernetesClient client) {}

    private final Sealer sealer;
    private final Map<PlatformName, Open> open = new ConcurrentHashMap<>();

    public KubernetesClusters(Sealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public Cluster open(PlatformName platform, Uid uid, Access access) {
        var digest = access.kubeconfig().digest();
        return new KubernetesCluster(open.compute(platform, (name, former) -> {
                    if (former != null && former.digest.equals(digest)) {
                        return former;
                    }
                    Optional.ofNullable(former).ifPresent(it -> it.client.close());
                    return new Open(digest, connect(uid, access));
                })
                .client);
    }

    private KubernetesClient connect(Uid uid, Access access) {
        var config = Config.fromKubeconfig(new String(sealer.open(uid, access.kubeconfig()), UTF_8));
        config.setConnectionTimeout(5_000);
        config.setRequestTimeout(10_000);
        config.setRequestRetryBackoffLimit(1);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void forget(PlatformName platform) {
        Optional.ofNullable(open.remove(platform)).ifPresent(it -> it.client.close());
    }

    @Override
    public void close() {
        open.keySet().forEach(this::forget);
    }
}
