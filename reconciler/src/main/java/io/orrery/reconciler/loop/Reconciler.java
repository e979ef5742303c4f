package io.orrery.reconciler.loop;

import io.orrery.contracts.PlatformName;

/**
 * A stage's whole work on one platform: look, decide, act, tell. Called for one platform at a time, but for several
 * platforms at once; may be called at any time and as often as one likes. Never sleeps.
 */
@FunctionalInterface
public interface Reconciler {

    /** What cannot be expected may be thrown; the loop makes a {@link Outcome.Failed} of it. */
    Outcome reconcile(PlatformName platform) throws Exception;
}
