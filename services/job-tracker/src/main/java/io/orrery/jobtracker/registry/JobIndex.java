package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.registry.Entry.Owner;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * All jobs in memory, so that a search asks nobody. Jobs are put in by whoever wrote them, at once, and again when the
 * store tells of them; the store's count of writes decides which state is the later.
 */
final class JobIndex {

    /**
     * The jobs of one backend: all, those that are not over, and those of them that have an application. Trackers ask for
     * the last, and need not wait for the many that were made and never started.
     */
    private record Shelf(NavigableSet<Entry> all, NavigableSet<Entry> active, NavigableSet<Entry> applied) {
        Shelf() {
            this(new ConcurrentSkipListSet<>(), new ConcurrentSkipListSet<>(), new ConcurrentSkipListSet<>());
        }

        void add(Entry entry) {
            all.add(entry);
            if (entry.isActive()) {
                active.add(entry);
                if (entry.hasApplication()) {
                    applied.add(entry);
                }
            }
        }

        void remove(Entry entry) {
            all.remove(entry);
            if (entry.isActive()) {
                active.remove(entry);
                applied.remove(entry);
            }
        }

        /** As few as hold all that are meant. */
        NavigableSet<Entry> with(Selection selection) {
            if (selection.statuses().filter(ACTIVE::containsAll).isEmpty()) {
                return all;
            }
            return selection.withApplication() ? applied : active;
        }
    }

    /** The jobs of one user, with the owner that all of them share. */
    private record Drawer(Owner owner, NavigableSet<Entry> jobs) {
        Drawer(Owner owner) {
            this(owner, new ConcurrentSkipListSet<>());
        }
    }

    private static final Set<String> ACTIVE = Set.of("created", "queued", "running");

    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final Map<String, Shelf> byBackend = new ConcurrentHashMap<>();
    private final Map<Owner, Drawer> byOwner = new ConcurrentHashMap<>();
    private final Map<String, Map<JobStatus, Long>> counts = new HashMap<>();
    private final List<JobListener> listeners = new CopyOnWriteArrayList<>();
    private volatile long removals;

    void onChange(JobListener listener) {
        listeners.add(listener);
    }

    Optional<Entry> find(String jobId) {
        return Optional.ofNullable(byId.get(jobId));
    }

    /** How many jobs were removed so far: who has written one meanwhile cannot know whether it is still there. */
    long removals() {
        return removals;
    }

    /** Does nothing if this state, or a later one, is known. */
    void put(Stored stored) {
        if (replaced(stored)) {
            listeners.forEach(listener -> listener.changed(stored.job()));
        }
    }

    private synchronized boolean replaced(Stored stored) {
        var former = byId.get(stored.job().id());
        if (former != null && former.at >= stored.at()) {
            return false;
        }
        if (former != null) {
            takeOut(former);
        }
        putIn(stored);
        return true;
    }

    synchronized void remove(String jobId) {
        removals++;
        var former = byId.remove(jobId);
        if (former != null) {
            takeOut(former);
        }
    }

    synchronized void removeBackend(String backendId) {
        entries(backendId).map(entry -> entry.id).toList().forEach(this::remove);
        byBackend.remove(backendId);
        byOwner.keySet().removeIf(owner -> owner.backendId().equals(backendId));
    }

    private void putIn(Stored stored) {
        var job = stored.job();
        var drawer = byOwner.computeIfAbsent(new Owner(job.backendId(), job.userId()), Drawer::new);
        var entry = Entry.of(stored, drawer.owner);
        byId.put(entry.id, entry);
        drawer.jobs.add(entry);
        byBackend.computeIfAbsent(drawer.owner.backendId(), any -> new Shelf()).add(entry);
        count(entry, 1);
    }

    private void takeOut(Entry entry) {
        byBackend.get(entry.owner.backendId()).remove(entry);
        byOwner.get(entry.owner).jobs.remove(entry);
        count(entry, -1);
    }

    private void count(Entry entry, long by) {
        if (!entry.deleted) {
            counts.computeIfAbsent(entry.owner.backendId(), any -> new EnumMap<>(JobStatus.class))
                    .merge(entry.status, by, Long::sum);
        }
    }

    /** How many jobs of the backend have which status. */
    synchronized Map<JobStatus, Long> counts(String backendId) {
        var all = new EnumMap<JobStatus, Long>(JobStatus.class);
        all.putAll(counts.getOrDefault(backendId, Map.of()));
        all.values().removeIf(count -> count == 0);
        return all;
    }

    /** All jobs, also those that are deleted, in no order. */
    Stream<Entry> everything() {
        return byId.values().stream();
    }

    /** All jobs of the backend, also those that are deleted, the newest first. */
    Stream<Entry> entries(String backendId) {
        return Optional.ofNullable(byBackend.get(backendId)).stream().flatMap(shelf -> shelf.all.stream());
    }

    Stream<Job> ofBackend(String backendId) {
        return entries(backendId).filter(entry -> !entry.deleted).map(Entry::job);
    }

    Stream<Job> active(String backendId) {
        return Optional.ofNullable(byBackend.get(backendId)).stream()
                .flatMap(shelf -> shelf.active.stream())
                .map(Entry::job);
    }

    /** What the selection admits, newest first. */
    Stream<Entry> candidates(Selection selection) {
        if (selection.ids().isPresent()) {
            return selection.ids().get().stream()
                    .flatMap(id -> find(id).stream())
                    .filter(selection::admits)
                    .sorted();
        }
        var shelves = selection.backends().stream()
                .map(backend -> shelf(selection, backend))
                .toList();
        return (shelves.size() == 1
                        ? shelves.getFirst().stream()
                        : shelves.stream().flatMap(Collection::stream).sorted())
                .filter(selection::admits);
    }

    private NavigableSet<Entry> shelf(Selection selection, String backend) {
        var users = selection.users().filter(it -> it.size() == 1);
        if (users.isPresent()) {
            var owner = new Owner(backend, users.get().iterator().next());
            return byOwner.getOrDefault(owner, new Drawer(owner)).jobs;
        }
        return byBackend.getOrDefault(backend, new Shelf()).with(selection);
    }
}
