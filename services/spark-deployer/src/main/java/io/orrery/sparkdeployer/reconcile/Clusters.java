package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;

/** Opens clusters by the access that was told of them. */
public interface Clusters {

    /** Cheap when nothing has changed: the former connection is kept. Nothing is called yet. */
    Cluster open(PlatformName platform, Uid uid, ClusterStatus.Access access);

    /** The platform is gone: what is held for it may go too. */
    void forget(PlatformName platform);
}
