package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.registry.JobStore.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps writers and the {@link Collector} apart: what nothing refers to is garbage once it is an hour old, and so
 * nobody refers to what he put half of that ago. A write takes seconds; this is for a process that was stopped in the
 * middle of it and goes on the next day.
 */
record Freshness(Clock clock) {

    private static final Duration GRACE = Duration.ofHours(1);

    /** @throws StoreException if too much time has passed to refer to what was put after {@code since} */
    void check(Instant since) {
        if (since.plus(GRACE.dividedBy(2)).isBefore(clock.instant())) {
            throw new StoreException("the write was begun at %s and is given up".formatted(since), null);
        }
    }

    boolean isGarbage(BodyStore.Kept unreferred) {
        return unreferred.since().plus(GRACE).isBefore(clock.instant());
    }
}
