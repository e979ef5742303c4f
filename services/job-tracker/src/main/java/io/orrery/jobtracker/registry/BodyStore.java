package io.orrery.jobtracker.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the large parts of jobs. What a key leads to never changes: a key is put once, by one writer. Everything throws
 * {@link JobStore.StoreException} if the store does not answer.
 */
public interface BodyStore {

    /**
     * What a key leads to.
     *
     * @param since when it was put, by the store's clock
     */
    record Kept(String key, Instant since) {}

    /** The largest content it takes, in bytes. */
    long largest();

    /** Whether there is room for jobs that nobody asks for any more. */
    boolean takesSegments();

    void put(String key, byte[] content);

    /** @return empty if there is no such key */
    Optional<byte[]> get(String key);

    /**
     * A part of the content, read without the rest of it.
     *
     * @return empty if there is no such key
     */
    Optional<byte[]> get(String key, long offset, int length);

    /** Does nothing if there is no such key. */
    void delete(String key);

    void deleteAll(String prefix);

    /** Everything whose key begins with {@code prefix}. To be closed. */
    Stream<Kept> list(String prefix);
}
