package io.orrery.monitoring.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;

/** The clusters of all platforms. */
public interface Clusters {

    /** Opens the kubeconfig; the same cluster comes back as long as the kubeconfig is the same. */
    Cluster open(PlatformName platform, Uid uid, ClusterStatus.Access access);

    /** Closes what is open for the platform. */
    void forget(PlatformName platform);
}
