package io.orrery.jobtracker.bench;

import io.orrery.jobtracker.registry.BodyStore;
import java.util.Optional;
import java.util.stream.Stream;

/** Forgets what it is given: for jobs whose large fields nobody is going to ask for. */
final class NoBodies implements BodyStore {

    @Override
    public long largest() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean takesSegments() {
        return false;
    }

    @Override
    public void put(String key, byte[] content) {}

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> get(String key, long offset, int length) {
        return Optional.empty();
    }

    @Override
    public void delete(String key) {}

    @Override
    public void deleteAll(String prefix) {}

    @Override
    public Stream<Kept> list(String prefix) {
        return Stream.empty();
    }
}
