package io.orrery.provisioner.openstack;

import io.orrery.provisioner.reconcile.CloudException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the newest of what takes many calls to get; whoever needs it fresher gets it, once for all who wait. They share a
 * failure too: a cloud that hangs is not to keep one after the other.
 */
final class Shelf<T> {

    private record Item<T>(T value, Instant begun) {}

    private final Clock clock;
    private final ReentrantLock getting = new ReentrantLock();
    private Optional<Item<T>> newest = Optional.empty();
    private Optional<CloudException> failure = Optional.empty();
    private final AtomicLong attempts = new AtomicLong();

    Shelf(Clock clock) {
        this.clock = clock;
    }

    /** @param notBefore the getting must not have begun earlier */
    T get(Instant notBefore, Supplier<T> source) {
        var before = attempts.get();
        getting.lock();
        try {
            var fresh = newest.filter(item -> !item.begun().isBefore(notBefore));
            if (fresh.isPresent()) {
                return fresh.get().value();
            }
            if (attempts.get() != before && failure.isPresent()) {
                throw failure.get();
            }
            return fetch(source);
        } finally {
            getting.unlock();
        }
    }

    private T fetch(Supplier<T> source) {
        var begun = clock.instant();
        failure = Optional.empty();
        try {
            newest = Optional.of(new Item<>(source.get(), begun));
            return newest.get().value();
        } catch (CloudException e) {
            failure = Optional.of(e);
            throw e;
        } finally {
            attempts.incrementAndGet();
        }
    }
}
