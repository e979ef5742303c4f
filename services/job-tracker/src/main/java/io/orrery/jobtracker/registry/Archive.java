package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Jobs that are long over, in segments. Found by their id, by one read of a part of a segment, and by nothing else. What
 * the segments hold is kept in memory; a segment that has been told of and not been looked at yet is looked at before
 * anything is said about an id.
 */
final class Archive {

    private static final Logger LOG = Logger.getLogger(Archive.class);
    private static final int LOADS_AT_ONCE = 16;

    private final JobStore store;
    private final BodyStore bodies;
    private final Set<SegmentId> pending = ConcurrentHashMap.newKeySet();
    private final NavigableMap<SegmentId, Contents> segments = new ConcurrentSkipListMap<>();

    Archive(JobStore store, BodyStore bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    /** Does no more than to remember it: whoever tells cannot wait. */
    void told(SegmentId segment) {
        if (!segments.containsKey(segment)) {
            pending.add(segment);
        }
    }

    /** These are all that there are. */
    void told(Set<SegmentId> all) {
        pending.retainAll(all);
        segments.keySet().retainAll(all);
        all.forEach(this::told);
    }

    /** In this order: whoever is looking at it just now sees that it is not asked for any more. */
    void removed(SegmentId segment) {
        pending.remove(segment);
        segments.remove(segment);
    }

    void removeBackend(String backendId) {
        pending.removeIf(segment -> segment.backendId().equals(backendId));
        segments.keySet().removeIf(segment -> segment.backendId().equals(backendId));
    }

    /**
     * The job as it was when it was written down, also if it had been deleted.
     *
     * @throws StoreException if it cannot be said
     */
    Optional<Job> find(String jobId) {
        load();
        return segments.descendingMap().values().stream()
                .flatMap(contents -> contents.find(jobId).stream())
                .flatMap(place -> read(place).stream())
                .filter(job -> job.id().equals(jobId))
                .findFirst();
    }

    /** Looks at the segments that are new, several at a time. */
    void load() {
        if (!pending.isEmpty()) {
            loadPending();
        }
    }

    /** Where the segments are in the bucket. */
    Stream<Segment> segments() {
        load();
        return segments.values().stream().map(Contents::segment);
    }

    private synchronized void loadPending() {
        var places = new Semaphore(LOADS_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Future<?>> loads = pending.stream().map(id -> threads.submit(() -> load(id, places)));
            for (var load : loads.toList()) {
                load.get();
            }
        } catch (ExecutionException e) {
            throw new StoreException(
                    "cannot look at the archive: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("stopped while looking at the archive", e);
        }
    }

    private void load(SegmentId id, Semaphore places) {
        places.acquireUninterruptibly();
        try {
            var segment = store.read(id);
            segment.ifPresent(it -> segments.put(id, contents(it)));
            if (segment.isEmpty()) {
                LOG.debugf("%s is gone already", id);
            }
            if (!pending.remove(id)) {
                segments.remove(id);
            }
        } finally {
            places.release();
        }
    }

    /** Of a segment that somebody has taken out of the bucket, nothing: the others must still be found. */
    private Contents contents(Segment segment) {
        var packed = bodies.get(segment.key(), segment.contents(), segment.contentsLength());
        try {
            if (packed.isEmpty()) {
                LOG.errorf("%s is not in the bucket: %d old jobs are lost", segment.key(), segment.jobs());
                return new Contents(segment, List.of());
            }
            return new Contents(segment, SegmentText.contents(packed.get()));
        } catch (IOException e) {
            throw new StoreException("the archive is damaged: " + segment.key(), e);
        }
    }

    private Optional<Job> read(Contents.Place place) {
        var key = place.segment().key();
        var packed = bodies.get(key, place.offset(), place.length());
        try {
            return packed.isEmpty() ? Optional.empty() : Optional.of(SegmentText.job(packed.get()));
        } catch (IOException e) {
            throw new StoreException("the archive is damaged: " + key, e);
        }
    }
}
