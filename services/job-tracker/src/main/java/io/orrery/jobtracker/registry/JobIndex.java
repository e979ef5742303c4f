package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.query.Query;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All jobs in memory, so that a search asks nobody. Jobs are put in by whoever wrote them, at once, and again when the
 * store tells of them; the store's count of writes decides which state is the later.
 */
final class JobIndex {

    /** The jobs of one backend: all, and those that are not over. */
    private record Shelf(NavigableSet<Entry> all, NavigableSet<Entry> active) {
        Shelf() {
            this(new ConcurrentSkipListSet<>(), new ConcurrentSkipListSet<>());
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
        var shelf = byBackend.computeIfAbsent(drawer.owner.backendId(), any -> new Shelf());
        shelf.all.add(entry);
        if (entry.isActive()) {
            shelf.active.add(entry);
        }
        count(entry, 1);
    }

    private void takeOut(Entry entry) {
        var shelf = byBackend.get(entry.owner.backendId());
        shelf.all.remove(entry);
        shelf.active.remove(entry);
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

    /**
     * What may match, newest first: as few as the query allows, and none that is deleted.
     *
     * @param backends whose jobs are meant, unless the query names fewer
     */
    Stream<Entry> candidates(Query query, Collection<String> backends) {
        var plausible = plausible(query, backends);
        var ids = query.required("job_id");
        if (ids.isPresent()) {
            return ids.get().stream()
                    .flatMap(id -> find(id).stream())
                    .filter(plausible)
                    .sorted();
        }
        var meant = query.required("backend_id").orElseGet(() -> Set.copyOf(backends));
        var shelves = meant.stream().map(backend -> shelf(query, backend)).toList();
        return (shelves.size() == 1
                        ? shelves.getFirst().stream()
                        : shelves.stream().flatMap(Collection::stream).sorted())
                .filter(plausible);
    }

    private NavigableSet<Entry> shelf(Query query, String backend) {
        var users = query.required("user_id").filter(it -> it.size() == 1);
        if (users.isPresent()) {
            var owner = new Owner(backend, users.get().iterator().next());
            return byOwner.getOrDefault(owner, new Drawer(owner)).jobs;
        }
        var shelf = byBackend.getOrDefault(backend, new Shelf());
        return query.required("status").filter(ACTIVE::containsAll).isPresent() ? shelf.active : shelf.all;
    }

    private static Predicate<Entry> plausible(Query query, Collection<String> backends) {
        var statuses = query.required("status");
        var users = query.required("user_id");
        return entry -> !entry.deleted
                && backends.contains(entry.owner.backendId())
                && statuses.map(it -> it.contains(entry.status.word())).orElse(true)
                && users.map(it -> it.contains(entry.owner.userId())).orElse(true);
    }
}
