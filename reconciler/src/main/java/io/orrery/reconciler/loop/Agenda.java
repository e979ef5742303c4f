package io.orrery.reconciler.loop;

import io.orrery.contracts.PlatformName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When each platform is to be looked at next. Whatever ended a pass, another one follows: after {@code resync}, jittered
 * by a fifth, or sooner; in backoff the next try takes the place of the resync. A fact looks at the platform at once and
 * forgives its failures. Not safe for use by several threads.
 */
final class Agenda {

    private final KeyedQueue<PlatformName> queue = new KeyedQueue<>();
    private final Map<PlatformName, Integer> failures = new HashMap<>();
    private final Duration resync;
    private final Backoff backoff;
    private final RandomGenerator random;

    Agenda(Duration resync, Backoff backoff, RandomGenerator random) {
        this.resync = resync;
        this.backoff = backoff;
        this.random = random;
    }

    void wake(PlatformName platform, Instant now) {
        failures.remove(platform);
        queue.add(platform, now);
    }

    Optional<PlatformName> poll(Instant now) {
        return queue.poll(now);
    }

    void finished(PlatformName platform, Outcome outcome, Instant now) {
        queue.done(platform);
        queue.add(platform, now.plus(delayAfter(platform, outcome)));
    }

    /** Takes the platform off the agenda, unless it has been woken meanwhile. */
    void forgotten(PlatformName platform) {
        queue.done(platform);
        failures.remove(platform);
    }

    boolean isWorking() {
        return queue.isWorking();
    }

    Optional<Instant> nextDue() {
        return queue.nextDue();
    }

    int size() {
        return queue.size();
    }

    private Duration delayAfter(PlatformName platform, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> delayAfterFailure(platform);
            case Outcome.Unreachable unreachable -> earlier(delayAfterFailure(platform), jitteredResync());
            case Outcome.Progressing progressing -> {
                failures.remove(platform);
                yield progressing.retryAfter();
            }
            case Outcome.Converged converged -> delayAfterSuccess(platform);
            case Outcome.Waiting waiting -> delayAfterSuccess(platform);
        };
    }

    private Duration delayAfterFailure(PlatformName platform) {
        return backoff.after(failures.merge(platform, 1, Integer::sum), random);
    }

    private Duration delayAfterSuccess(PlatformName platform) {
        failures.remove(platform);
        return jitteredResync();
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration jitteredResync() {
        var fifth = resync.toMillis() / 5;
        return resync.plusMillis(random.nextLong(-fifth, fifth + 1));
    }
}
