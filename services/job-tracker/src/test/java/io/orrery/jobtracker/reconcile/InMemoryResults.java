package io.orrery.jobtracker.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A bucket of results that can be silent for a number of calls. */
final class InMemoryResults implements Results {

    private final Map<String, ObjectNode> byJob = new ConcurrentHashMap<>();
    private final AtomicInteger silences = new AtomicInteger();

    void put(String jobId, ObjectNode metadata) {
        byJob.put(jobId, metadata);
    }

    void silentFor(int calls) {
        silences.set(calls);
    }

    @Override
    public Optional<ObjectNode> metadata(Job job) throws UnreachableException {
        if (silences.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UnreachableException("silent", new IllegalStateException());
        }
        return Optional.ofNullable(byJob.get(job.id()));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
