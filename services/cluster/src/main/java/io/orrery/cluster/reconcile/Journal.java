package io.orrery.cluster.reconcile;

import io.orrery.contracts.Activity;

/** Where every step done is written down. */
@FunctionalInterface
public interface Journal {
    void tell(Activity activity);
}
