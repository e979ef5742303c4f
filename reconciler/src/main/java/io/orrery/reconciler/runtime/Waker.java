package io.orrery.reconciler.runtime;

import io.orrery.contracts.PlatformName;

/** For what is learned from elsewhere than Kafka, as from a watch: has the platform looked at as soon as possible. */
@FunctionalInterface
public interface Waker {

    /** Does nothing while another replica leads. May be called from any thread, as often as one likes. */
    void wake(PlatformName platform);
}
