package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A store that several registries can share, as replicas share ZooKeeper, and that can be silent. */
public final class InMemoryJobs implements JobStore {

    private final Map<String, Stored> jobs = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final NavigableMap<SegmentId, Segment> segments = new TreeMap<>();
    private boolean silent;
    private int writes;

    /** From now on every call fails, until it is called with false. */
    public synchronized void silent(boolean is) {
        silent = is;
    }

    public synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized void follow(Listener listener) {
        jobs.values().forEach(listener::stored);
        listeners.add(listener);
        listener.loaded(Set.copyOf(jobs.keySet()), Set.copyOf(segments.keySet()));
    }

    @Override
    public synchronized Optional<Stored> create(Job job) {
        answer();
        if (jobs.containsKey(job.id())) {
            return Optional.empty();
        }
        return Optional.of(put(job, 0));
    }

    @Override
    public synchronized Optional<Stored> read(String jobId) {
        answer();
        return Optional.ofNullable(jobs.get(jobId));
    }

    @Override
    public synchronized Optional<Stored> replace(Stored expected, Job next) {
        answer();
        var stands = jobs.get(next.id());
        if (stands == null || stands.version() != expected.version()) {
            return Optional.empty();
        }
        return Optional.of(put(next, expected.version() + 1));
    }

    @Override
    public synchronized void removeBackend(String backendId) {
        answer();
        var gone = jobs.values().stream()
                .map(Stored::job)
                .filter(job -> job.backendId().equals(backendId))
                .map(Job::id)
                .toList();
        jobs.keySet().removeAll(gone);
        segments.keySet().removeIf(segment -> segment.backendId().equals(backendId));
        listeners.forEach(listener -> gone.forEach(listener::removed));
    }

    @Override
    public synchronized boolean remove(Stored expected) {
        answer();
        var id = expected.job().id();
        var stands = jobs.get(id);
        if (stands == null || stands.version() != expected.version()) {
            return stands == null;
        }
        jobs.remove(id);
        listeners.forEach(listener -> listener.removed(id));
        return true;
    }

    @Override
    public synchronized SegmentId archive(Segment segment) {
        answer();
        var id = new SegmentId(segment.backendId(), segments.size());
        segments.put(id, segment);
        listeners.forEach(listener -> listener.archived(id));
        return id;
    }

    @Override
    public synchronized Optional<Segment> read(SegmentId segment) {
        answer();
        return Optional.ofNullable(segments.get(segment));
    }

    private Stored put(Job job, int version) {
        var stored = new Stored(job, version, ++writes);
        jobs.put(stored.job().id(), stored);
        listeners.forEach(listener -> listener.stored(stored));
        return stored;
    }

    private void answer() {
        if (silent) {
            throw new StoreException("silent", new IllegalStateException());
        }
    }
}
