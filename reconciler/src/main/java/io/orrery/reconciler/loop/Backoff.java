package io.orrery.reconciler.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential delays with jitter: from {@code first}, doubling with each failure in a row, to {@code longest}; each one
 * drawn from the upper half, so that many platforms that failed together are not tried again together.
 */
public record Backoff(Duration first, Duration longest) {

    /** @param failures in a row, from 1 */
    Duration after(int failures, RandomGenerator random) {
        var doublings = Math.min(failures - 1, 30);
        var full = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
