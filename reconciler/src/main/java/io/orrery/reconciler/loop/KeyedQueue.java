package io.orrery.reconciler.loop;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that wait for their turn. A key stands in it once, however often it is added, with the earliest of the times it
 * was added for; it is never handed out while it is being worked on, and an addition during the work is kept for after.
 * Not safe for use by several threads.
 */
final class KeyedQueue<K> {

    private final Map<K, Instant> due = new HashMap<>();
    private final Set<K> working = new HashSet<>();

    void add(K key, Instant at) {
        due.merge(key, at, (earlier, later) -> earlier.isBefore(later) ? earlier : later);
    }

    /** The key that has been due longest, which the caller must say {@link #done} of. */
    Optional<K> poll(Instant now) {
        var next = earliest().filter(entry -> !entry.getValue().isAfter(now)).map(Map.Entry::getKey);
        next.ifPresent(key -> {
            due.remove(key);
            working.add(key);
        });
        return next;
    }

    void done(K key) {
        if (!working.remove(key)) {
            throw new IllegalStateException(key + " was not worked on");
        }
    }

    boolean isWorking() {
        return !working.isEmpty();
    }

    int size() {
        return due.size();
    }

    /** When the next key that can be handed out is due. */
    Optional<Instant> nextDue() {
        return earliest().map(Map.Entry::getValue);
    }

    private Optional<Map.Entry<K, Instant>> earliest() {
        return due.entrySet().stream()
                .filter(entry -> !working.contains(entry.getKey()))
                .min(Comparator.comparing(Map.Entry::getValue));
    }
}
