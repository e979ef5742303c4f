package io.orrery.sparkdeployer.harness;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.reconcile.Cluster;
import io.orrery.sparkdeployer.reconcile.Clusters;

/** For tests that must not touch a cluster. */
public final class NoClusters implements Clusters {

    @Override
    public Cluster open(PlatformName platform, Uid uid, ClusterStatus.Access access) {
        throw new AssertionError("a cluster was opened");
    }

    @Override
    public void forget(PlatformName platform) {}
}
