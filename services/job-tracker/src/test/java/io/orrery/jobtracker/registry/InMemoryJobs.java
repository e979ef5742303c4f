package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that several registries can share, as replicas share ZooKeeper, and that can be silent. */
public final class InMemoryJobs implements JobStore {

    private final Map<String, Stored> jobs = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
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
        listener.loaded();
    }

    @Override
    public synchronized Optional<Stored> create(Job job) {
        answer();
        if (jobs.containsKey(job.id())) {
            return Optional.empty();
        }
        return Optional.of(put(new Stored(job, 0)));
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
        return Optional.of(put(new Stored(next, expected.version() + 1)));
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
        listeners.forEach(listener -> gone.forEach(listener::removed));
    }

    private Stored put(Stored stored) {
        writes++;
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
