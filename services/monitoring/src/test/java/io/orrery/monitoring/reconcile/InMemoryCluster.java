package io.orrery.monitoring.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A cluster that can be slow, and gone. */
final class InMemoryCluster implements Cluster, Clusters {

    final Map<String, HasMetadata> objects = new TreeMap<>();
    boolean available;
    boolean reachable = true;

    @Override
    public void apply(List<HasMetadata> applied) {
        reach();
        applied.forEach(object ->
                objects.put(object.getKind() + "/" + object.getMetadata().getName(), object));
    }

    @Override
    public boolean isAvailable(String namespace, String deployment) {
        reach();
        return available && objects.containsKey("Deployment/" + deployment);
    }

    @Override
    public boolean remove(String namespace, String owner) {
        reach();
        var left = !objects.isEmpty();
        objects.clear();
        return !left;
    }

    private void reach() {
        if (!reachable) {
            throw new UnreachableException(new IOException("connection refused"));
        }
    }

    @Override
    public Cluster open(PlatformName platform, Uid uid, Access access) {
        return this;
    }

    @Override
    public void forget(PlatformName platform) {}
}
