package io.orrery.jobtracker.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bodies that only this test knows. */
public final class InMemoryBodies implements BodyStore {

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Content(byte[] bytes, Instant since) {}

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Clock clock;
    private final long largest;

    public InMemoryBodies() {
        this(Clock.systemUTC());
    }

    InMemoryBodies(Clock clock) {
        this(clock, Long.MAX_VALUE);
    }

    InMemoryBodies(Clock clock, long largest) {
        this.clock = clock;
        this.largest = largest;
    }

    /** Of bodies, not of segments. */
    Set<String> bodies() {
        return keys(BodyKey.prefix());
    }

    Set<String> segments() {
        return keys(Archivist.PREFIX);
    }

    private Set<String> keys(String prefix) {
        return contents.keySet().stream().filter(key -> key.startsWith(prefix)).collect(Collectors.toSet());
    }

    @Override
    public long largest() {
        return largest;
    }

    @Override
    public boolean takesSegments() {
        return largest == Long.MAX_VALUE;
    }

    @Override
    public void put(String key, byte[] content) {
        contents.put(key, new Content(content, clock.instant()));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(contents.get(key)).map(Content::bytes);
    }

    @Override
    public Optional<byte[]> get(String key, long offset, int length) {
        return get(key).map(content -> Arrays.copyOfRange(content, (int) offset, (int) offset + length));
    }

    @Override
    public void delete(String key) {
        contents.remove(key);
    }

    @Override
    public void deleteAll(String prefix) {
        contents.keySet().removeIf(key -> key.startsWith(prefix));
    }

    @Override
    public Stream<Kept> list(String prefix) {
        return contents.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new Kept(entry.getKey(), entry.getValue().since()));
    }
}
