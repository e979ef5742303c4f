package io.orrery.provisioner.openstack;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the newest of what takes many calls to get; whoever needs it fresher gets it, once for all who wait. */
final class Shelf<T> {

    private record Item<T>(T value, Instant begun) {}

    private final Clock clock;
    private Optional<Item<T>> newest = Optional.empty();

    Shelf(Clock clock) {
        this.clock = clock;
    }

    /** @param notBefore the getting must not have begun earlier */
    synchronized T get(Instant notBefore, Supplier<T> source) {
        if (newest.filter(item -> !item.begun().isBefore(notBefore)).isEmpty()) {
            var begun = clock.instant();
            newest = Optional.of(new Item<>(source.get(), begun));
        }
        return newest.get().value();
    }
}
