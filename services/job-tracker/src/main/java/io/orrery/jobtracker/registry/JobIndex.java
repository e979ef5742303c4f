package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.query.Query;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * All jobs in memory, so that a search asks nobody. Jobs are put in by whoever wrote them, at once, and again when the
 * store tells of them; the version decides which is newer.
 */
final class JobIndex {

    /** Newest first, then by id. */
    private record Place(Instant created, String jobId) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::created).reversed().thenComparing(Place::jobId);

        static Place of(Job job) {
            return new Place(job.created(), job.id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Owner(String backendId, String userId) {}

    /** The jobs of one backend: all, and those that are not over. */
    private record Shelf(NavigableMap<Place, Job> all, NavigableMap<Place, Job> active) {
        Shelf() {
            this(new ConcurrentSkipListMap<>(), new ConcurrentSkipListMap<>());
        }
    }

    private static final Set<String> ACTIVE = Set.of("created", "queued", "running");

    private final Map<String, Stored> byId = new ConcurrentHashMap<>();
    private final NavigableMap<Place, Job> everything = new ConcurrentSkipListMap<>();
    private final Map<String, Shelf> byBackend = new ConcurrentHashMap<>();
    private final Map<Owner, NavigableMap<Place, Job>> byOwner = new ConcurrentHashMap<>();
    private final Map<String, Map<JobStatus, Long>> counts = new HashMap<>();
    private final List<JobListener> listeners = new CopyOnWriteArrayList<>();

    void onChange(JobListener listener) {
        listeners.add(listener);
    }

    Optional<Stored> find(String jobId) {
        return Optional.ofNullable(byId.get(jobId));
    }

    /** Does nothing if this version, or a newer one, is known. */
    void put(Stored stored) {
        if (replaced(stored)) {
            listeners.forEach(listener -> listener.changed(stored.job()));
        }
    }

    private synchronized boolean replaced(Stored stored) {
        var former = byId.get(stored.job().id());
        if (former != null && former.version() >= stored.version()) {
            return false;
        }
        if (former != null) {
            takeOut(former.job());
        }
        putIn(stored);
        return true;
    }

    synchronized void remove(String jobId) {
        var former = byId.get(jobId);
        if (former != null) {
            takeOut(former.job());
            byId.remove(jobId);
        }
    }

    synchronized void removeBackend(String backendId) {
        Optional.ofNullable(byBackend.get(backendId)).stream()
                .flatMap(shelf -> shelf.all.values().stream())
                .map(Job::id)
                .toList()
                .forEach(this::remove);
    }

    private void putIn(Stored stored) {
        var job = stored.job();
        var place = Place.of(job);
        byId.put(job.id(), stored);
        everything.put(place, job);
        var shelf = byBackend.computeIfAbsent(job.backendId(), any -> new Shelf());
        shelf.all.put(place, job);
        if (job.status().isActive() && !job.isDeleted()) {
            shelf.active.put(place, job);
        }
        byOwner.computeIfAbsent(owner(job), any -> new ConcurrentSkipListMap<>())
                .put(place, job);
        count(job, 1);
    }

    private void takeOut(Job job) {
        var place = Place.of(job);
        everything.remove(place);
        var shelf = byBackend.get(job.backendId());
        shelf.all.remove(place);
        shelf.active.remove(place);
        byOwner.get(owner(job)).remove(place);
        count(job, -1);
    }

    private void count(Job job, long by) {
        if (!job.isDeleted()) {
            counts.computeIfAbsent(job.backendId(), any -> new EnumMap<>(JobStatus.class))
                    .merge(job.status(), by, Long::sum);
        }
    }

    /** How many jobs of the backend have which status. */
    synchronized Map<JobStatus, Long> counts(String backendId) {
        var all = new EnumMap<JobStatus, Long>(JobStatus.class);
        all.putAll(counts.getOrDefault(backendId, Map.of()));
        all.values().removeIf(count -> count == 0);
        return all;
    }

    Stream<Job> everything() {
        return everything.values().stream();
    }

    Stream<Job> ofBackend(String backendId) {
        var shelf = byBackend.get(backendId);
        return shelf == null ? Stream.empty() : present(shelf.all);
    }

    Stream<Job> active(String backendId) {
        var shelf = byBackend.get(backendId);
        return shelf == null ? Stream.empty() : present(shelf.active);
    }

    /** What matches, newest first; from as few candidates as the query allows. */
    Stream<Job> search(Query query) {
        return candidates(query).filter(job -> query.matches(job.document()));
    }

    private Stream<Job> candidates(Query query) {
        var ids = query.required("job_id");
        if (ids.isPresent()) {
            return ids.get().stream()
                    .flatMap(id -> find(id).stream())
                    .map(Stored::job)
                    .filter(job -> !job.isDeleted())
                    .sorted(Comparator.comparing(Place::of));
        }
        var backend = only(query.required("backend_id"));
        if (backend.isEmpty()) {
            return present(everything);
        }
        var user = only(query.required("user_id"));
        if (user.isPresent()) {
            return present(byOwner.getOrDefault(new Owner(backend.get(), user.get()), new ConcurrentSkipListMap<>()));
        }
        var shelf = byBackend.getOrDefault(backend.get(), new Shelf());
        return present(query.required("status").filter(ACTIVE::containsAll).isPresent() ? shelf.active : shelf.all);
    }

    private static Optional<String> only(Optional<Set<String>> values) {
        return values.filter(it -> it.size() == 1).map(it -> it.iterator().next());
    }

    private static Owner owner(Job job) {
        return new Owner(job.backendId(), job.userId());
    }

    private static Stream<Job> present(NavigableMap<Place, Job> jobs) {
        return jobs.values().stream().filter(job -> !job.isDeleted());
    }
}
