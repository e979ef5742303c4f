package io.orrery.sandbox.controllers.loop;

import java.time.Duration;
import java.util.Optional;

/** Brings one object nearer to what is wanted, from what is observed now and never from what woke it. */
@FunctionalInterface
public interface Reconciler {

    /** When to look again although nothing may have happened until then; empty when only an event matters. May be called again at any time. */
    Optional<Duration> reconcile(ObjectKey key);
}
