package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.Sealed;
import io.orrery.contracts.Uid;

/** Opens what others have sealed for this service. */
@FunctionalInterface
public interface Secrets {
    byte[] open(Uid uid, Sealed sealed);
}
