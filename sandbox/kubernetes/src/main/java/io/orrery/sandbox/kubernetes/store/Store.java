package io.orrery.sandbox.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All objects in memory, with one revision counter for everything, as etcd has. What {@link #get} gives and {@link #put}
 * takes belongs to the store and must not be changed any more.
 */
public final class Store {
    /** A fresh cluster never starts at 0 or 1, which mean other things to clients. */
    private static final long FIRST_REVISION = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GroupResource, TreeMap<String, ObjectNode>> objects = new HashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final RevisionLog log;
    private long revision = FIRST_REVISION;

    /**
     * An empty one.
     *
     * @param logLength how many events are kept; older revisions are compacted
     */
    public Store(int logLength) {
        this.log = new RevisionLog(logLength, FIRST_REVISION);
    }

    /** Nothing else is read or written while the work runs; it may call back into the store. */
    public <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    public void exclusively(Runnable work) {
        exclusively(() -> {
            work.run();
            return null;
        });
    }

    public long revision() {
        return exclusively(() -> revision);
    }

    public Optional<ObjectNode> get(Key key) {
        return exclusively(() -> Optional.ofNullable(of(key.resource()).get(key.path())));
    }

    /** Stores the object under the next revision, which is also written into it. */
    public ObjectNode put(Key key, ObjectNode object) {
        return exclusively(() -> {
            revision++;
            Json.child(object, "metadata").put("resourceVersion", Long.toString(revision));
            var before = Optional.ofNullable(of(key.resource()).put(key.path(), object));
            var type = before.isPresent() ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED;
            tell(new StoreEvent(revision, type, key, object, before));
            return object;
        });
    }

    /** Removes the object; what is given back is its last state under the revision of the deletion. */
    public Optional<ObjectNode> remove(Key key) {
        return exclusively(() -> {
            var before = Optional.ofNullable(of(key.resource()).remove(key.path()));
            return before.map(object -> {
                revision++;
                var last = object.deepCopy();
                Json.child(last, "metadata").put("resourceVersion", Long.toString(revision));
                tell(new StoreEvent(revision, StoreEvent.Type.DELETED, key, last, before));
                return last;
            });
        });
    }

    private void tell(StoreEvent event) {
        log.append(event);
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    public Snapshot snapshot(GroupResource resource) {
        return exclusively(() -> new Snapshot(revision, new TreeMap<>(of(resource))));
    }

    /** The objects as they were at a revision that the log still reaches back to. */
    public Snapshot snapshot(GroupResource resource, long at) throws CompactedException {
        lock.lock();
        try {
            var then = new TreeMap<>(of(resource));
            for (var events = log.backTo(at); events.hasNext(); ) {
                var event = events.next();
                if (event.key().resource().equals(resource)) {
                    event.before()
                            .ifPresentOrElse(
                                    before -> then.put(event.key().path(), before),
                                    () -> then.remove(event.key().path()));
                }
            }
            return new Snapshot(at, then);
        } finally {
            lock.unlock();
        }
    }

    /** Every event after the revision, those of the past included. */
    public Subscription watch(long after, Predicate<Key> interest) throws CompactedException {
        lock.lock();
        try {
            var subscription = new Subscription(this, interest, log.after(after));
            subscriptions.add(subscription);
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    /** Every event from now on. */
    public Subscription watchNew(Predicate<Key> interest) {
        return exclusively(() -> {
            var subscription = new Subscription(this, interest, List.of());
            subscriptions.add(subscription);
            return subscription;
        });
    }

    void forget(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** Forgets the past, as etcd's compaction does every five minutes. */
    public void compact() {
        exclusively(log::compactAll);
    }

    private SortedMap<String, ObjectNode> of(GroupResource resource) {
        return objects.computeIfAbsent(resource, any -> new TreeMap<>());
    }
}
