package io.orrery.cluster.reconcile;

import io.orrery.cluster.model.Kubeconfig;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import java.util.function.Supplier;

/** The clusters' APIs, held open from pass to pass. */
public interface Clusters {

    /**
     * Which cluster is meant. A platform has one at a time.
     *
     * @param incarnation a new one is another cluster
     */
    record Key(PlatformName platform, Uid uid, int incarnation) {}

    /** @param kubeconfig is asked for one when there is none yet, and long before the one in use expires */
    ClusterApi open(Key key, Supplier<Kubeconfig> kubeconfig);

    /** Ends watching and connections; does nothing if there are none. */
    void close(PlatformName platform);
}
