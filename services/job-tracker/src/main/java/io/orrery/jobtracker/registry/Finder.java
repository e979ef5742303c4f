package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.query.Projection;
import io.orrery.jobtracker.query.Query;
import io.orrery.jobtracker.registry.Entry.Owner;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Answers searches: from memory, where large fields are not asked for. The archive is asked only for ids that the query
 * names. What is shown is as the query found it, or newer.
 */
final class Finder {

    /** How many jobs a query may have fetched only to see whether they match. */
    private static final int MOST_FETCHED = 1_000;

    private final JobIndex index;
    private final JobStore store;
    private final Bodies bodies;
    private final Archive archive;

    Finder(JobIndex index, JobStore store, Bodies bodies, Archive archive) {
        this.index = index;
        this.store = store;
        this.bodies = bodies;
        this.archive = archive;
    }

    /**
     * What matches and is not deleted, the newest first. Nothing has to be closed.
     *
     * @param backends whose jobs are meant
     * @throws RegistryException 400, while it is read, if the query is about large fields of too many jobs
     */
    Stream<Entry> find(Query query, Set<String> backends) {
        var selection = Selection.of(query, backends);
        var entries = selection.ids().isPresent() ? named(selection) : index.candidates(selection);
        return entries.filter(matching(selection.rest()));
    }

    /** What the projection leaves of a job, which is as the search found it, or newer. */
    Function<Entry, ObjectNode> view(Projection projection) {
        var large = LargeFields.of(
                LargeFields.ALL.stream().filter(projection::touches).toList());
        var fields = projection.fields();
        return entry -> {
            var whole = entry.lacks(large) ? whole(entry).map(Job::document) : Optional.<ObjectNode>empty();
            return projection.of(
                    whole.orElseGet(() -> fields.isPresent() ? entry.document(fields.get()) : entry.document()));
        };
    }

    /** The job with all its fields, of which only some are in memory. */
    Optional<Job> whole(Entry entry) {
        return entry.isWhole() ? whole(entry.job()) : newest(entry.id, Optional.empty());
    }

    /** The job with all its fields; as it is by now, if its body has gone since. */
    Optional<Job> whole(Job job) {
        try {
            return Optional.of(bodies.whole(job));
        } catch (StoreException e) {
            return newest(job.id(), Optional.of(e));
        }
    }

    /** @param failed was met by a body that may have gone since, with the job that referred to it */
    private Optional<Job> newest(String jobId, Optional<StoreException> failed) {
        return store.read(jobId)
                .map(Stored::job)
                .map(bodies::whole)
                .or(() -> archive.find(jobId))
                .or(() -> failed.map(e -> {
                    throw e;
                }));
    }

    private Stream<Entry> named(Selection selection) {
        var live = index.candidates(selection).toList();
        var archived = selection.ids().orElseThrow().stream()
                .filter(id -> live.stream().noneMatch(entry -> entry.id.equals(id)))
                .filter(id -> index.find(id).isEmpty())
                .flatMap(id -> archive.find(id).stream())
                .map(job -> Entry.whole(new Stored(job, 0, 0), new Owner(job.backendId(), job.userId())))
                .filter(selection::admits);
        return Stream.concat(live.stream(), archived).sorted();
    }

    private Predicate<Entry> matching(Query query) {
        var fields = query.fields();
        var large = LargeFields.of(fields);
        var fetched = new AtomicInteger();
        return entry -> {
            if (!entry.lacks(large)) {
                return query.matches(entry.document(fields));
            }
            if (fetched.incrementAndGet() > MOST_FETCHED) {
                throw RegistryException.badRequest("large fields of more than " + MOST_FETCHED
                        + " jobs would have to be looked at; name a job or a user");
            }
            return whole(entry).filter(whole -> query.matches(whole.document())).isPresent();
        };
    }
}
