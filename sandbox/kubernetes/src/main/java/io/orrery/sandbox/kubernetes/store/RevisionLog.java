package io.orrery.sandbox.kubernetes.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last events of the store, oldest first, bounded in number. Guarded by the store's lock. */
final class RevisionLog {
    private final Deque<StoreEvent> events = new ArrayDeque<>();
    private final int capacity;
    private long compacted;

    RevisionLog(int capacity, long firstRevision) {
        this.capacity = capacity;
        this.compacted = firstRevision;
    }

    void append(StoreEvent event) {
        events.addLast(event);
        while (events.size() > capacity) {
            compacted = events.removeFirst().revision();
        }
    }

    void compactAll() {
        while (!events.isEmpty()) {
            compacted = events.removeFirst().revision();
        }
    }

    List<StoreEvent> after(long revision) throws CompactedException {
        if (revision < compacted) {
            throw new CompactedException(revision, compacted);
        }
        return events.stream().filter(event -> event.revision() > revision).toList();
    }

    /** Newest first, down to the first one after the given revision: what has to be undone to get there. */
    Iterator<StoreEvent> backTo(long revision) throws CompactedException {
        return after(revision).reversed().iterator();
    }
}
