package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes jobs: first the body, then the head by compare and swap, then the former body is removed. What is written is in
 * memory when a method returns.
 */
final class Writes {

    private final JobIndex index;
    private final JobStore store;
    private final Bodies bodies;
    private final Archive archive;
    private final Freshness freshness;
    private final Clock clock;

    Writes(JobIndex index, JobStore store, Bodies bodies, Archive archive, Freshness freshness, Clock clock) {
        this.index = index;
        this.store = store;
        this.bodies = bodies;
        this.archive = archive;
        this.freshness = freshness;
        this.clock = clock;
    }

    /** @return empty if the id is taken */
    Optional<Stored> make(Job job) {
        return index.find(job.id()).isPresent() || archive.find(job.id()).isPresent() ? Optional.empty() : made(job);
    }

    private Optional<Stored> made(Job job) {
        var since = clock.instant();
        var removals = index.removals();
        var fitting = bodies.fitting(job, Optional.empty());
        freshness.check(since);
        var created = store.create(fitting);
        created.ifPresentOrElse(it -> admit(it, removals), () -> bodies.discard(fitting));
        return created;
    }

    /** The job with all that the store has of it; not one of the archive. */
    Optional<Stored> newest(String jobId) {
        return index.find(jobId).filter(Entry::isWhole).map(Entry::stored).or(() -> store.read(jobId));
    }

    /** A job of the archive, made anew; if it is there already, that one is right. */
    Optional<Stored> recalled(Job archived) {
        return made(archived).or(() -> store.read(archived.id()));
    }

    /**
     * Changes the job. Ends: each round that is lost was won by somebody else.
     *
     * @param change of the newest state; empty: none
     * @return the job as it is stored now
     * @throws RegistryException 404 if it was deleted meanwhile, 413
     */
    Job update(Stored from, Function<Job, Optional<Job>> change) {
        var stored = from;
        while (true) {
            var tried = tried(stored, change);
            if (tried.isPresent()) {
                return tried.get();
            }
            stored = again(stored.job().id());
        }
    }

    private Stored again(String jobId) {
        return store.read(jobId)
                .or(() -> archive.find(jobId).flatMap(this::recalled))
                .filter(it -> !it.job().isDeleted())
                .orElseThrow(() -> RegistryException.notFound(jobId));
    }

    /** @return empty if the job is not as {@code stored} any more */
    private Optional<Job> tried(Stored stored, Function<Job, Optional<Job>> change) {
        var since = clock.instant();
        var removals = index.removals();
        var next = next(stored, change);
        if (next.isEmpty() || next.get().equals(stored.job())) {
            return next;
        }
        freshness.check(since);
        var replaced = store.replace(stored, next.get());
        replaced.ifPresentOrElse(
                it -> {
                    admit(it, removals);
                    bodies.discard(stored.job(), next.get());
                },
                () -> bodies.discard(next.get(), stored.job()));
        return replaced.map(Stored::job);
    }

    /** @return what is to be stored; empty if {@code stored} is out of date, and its body was removed with it */
    private Optional<Job> next(Stored stored, Function<Job, Optional<Job>> change) {
        try {
            var changed = change.apply(stored.job()).orElse(stored.job());
            return Optional.of(bodies.fitting(changed, Optional.of(stored.job())));
        } catch (StoreException e) {
            if (store.read(stored.job().id())
                    .filter(it -> it.at() == stored.at())
                    .isPresent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Puts into memory what this replica has stored, unless somebody has removed it again. */
    private void admit(Stored stored, long removalsBefore) {
        index.put(stored);
        if (index.removals() != removalsBefore) {
            Following.look(stored.job().id(), index, store);
        }
    }
}
