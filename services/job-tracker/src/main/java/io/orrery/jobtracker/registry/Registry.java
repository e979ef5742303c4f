package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Change;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.query.Projection;
import io.orrery.jobtracker.query.Query;
import io.orrery.jobtracker.query.Search;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The job registry. Any replica reads and writes: a write is done when the store has it, by compare and swap, and is
 * seen here at once.
 */
public final class Registry {

    private static final Logger LOG = Logger.getLogger(Registry.class);

    private final JobStore store;
    private final BodyStore bodyStore;
    private final Bodies bodies;
    private final Clock clock;
    private final Freshness freshness;
    private final JobIndex index = new JobIndex();
    private final Archive archive;
    private final Finder finder;
    private final Writes writes;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final AtomicLong stickies = new AtomicLong();

    public Registry(JobStore store, BodyStore bodies, Clock clock) {
        this.store = store;
        this.bodyStore = bodies;
        this.bodies = new Bodies(bodies);
        this.clock = clock;
        this.freshness = new Freshness(clock);
        this.archive = new Archive(store, bodies);
        this.finder = new Finder(index, store, this.bodies, archive);
        this.writes = new Writes(index, store, this.bodies, archive, freshness, clock);
    }

    /** Loads what the store has and follows it from then on; {@link #isLoaded} when that is done. */
    public void open() {
        store.follow(new Following(index, archive, store, loaded::countDown));
    }

    public boolean isLoaded() {
        return loaded.getCount() == 0;
    }

    public void onChange(JobListener listener) {
        index.onChange(listener);
    }

    /** @throws RegistryException 400, 403, 409 or 413 */
    public ObjectNode create(Caller caller, ObjectNode posted) {
        DocumentRules.checkNew(posted);
        var document = DocumentRules.completed(posted);
        checkMayUse(caller, document.path("backend_id").asText());
        var job = Job.created(document, clock.instant(), caller.client());
        if (writes.make(job).isEmpty()) {
            throw RegistryException.duplicate(job.id());
        }
        return document;
    }

    /**
     * Takes over a job with the history that it has elsewhere.
     *
     * @return whether it is new here; if its id is taken, by whomever, nothing is changed
     * @throws RegistryException 400 or 413
     */
    public boolean adopt(Job job) {
        DocumentRules.checkNew(job.document());
        return writes.make(job).isPresent();
    }

    /**
     * What is found, newest first. A job is shown when it is asked for, as it then is: large fields are read only then.
     *
     * @throws RegistryException 403 if a backend is named that the caller may not use
     */
    public List<ObjectNode> search(Caller caller, Search search) {
        return shown(found(caller, search.query()), search.projection());
    }

    /** One page of {@link #search}. */
    public List<ObjectNode> search(Caller caller, Search search, Paging paging) {
        return shown(found(caller, search.query()).skip(paging.skipped()).limit(paging.size()), search.projection());
    }

    /**
     * Merges the patch into the job. A final status stays: what the patch says of the status is then left out.
     *
     * @throws RegistryException 400, 403, 404 or 413
     */
    public ObjectNode patch(Caller caller, String jobId, ObjectNode patch) {
        DocumentRules.checkPatch(patch);
        var stored = require(caller, jobId);
        return shown(writes.update(stored, job -> Optional.of(patched(job, patch, caller.client(), Optional.empty()))))
                .document();
    }

    /** The job is found no more, by nobody. */
    public void delete(Caller caller, String jobId) {
        var stored = require(caller, jobId);
        writes.update(
                stored, job -> Optional.of(job.with(job.document().deepCopy().put("deleted", true))));
    }

    /**
     * Changes a job by what {@code change} makes of its newest state, which may be asked again when somebody else was
     * quicker; empty: nothing to change.
     *
     * @param by who says so
     */
    public void change(String jobId, String by, Function<Job, Optional<Change>> change) {
        writes.newest(jobId)
                .ifPresent(stored -> writes.update(
                        stored,
                        job -> job.isDeleted()
                                ? Optional.empty()
                                : change.apply(job).map(it -> patched(job, it.patch(), by, it.reason()))));
    }

    /** The job, perhaps without large fields; not one of the archive. */
    public Optional<Job> find(String jobId) {
        return index.find(jobId).filter(entry -> !entry.deleted).map(Entry::job);
    }

    /** The job with its large fields, wherever it is. */
    public Optional<Job> findWhole(String jobId) {
        return index.find(jobId)
                .map(finder::whole)
                .orElseGet(() -> archive.find(jobId))
                .filter(job -> !job.isDeleted());
    }

    /** The job, also one that is deleted. */
    public Optional<Job> known(String jobId) {
        return index.find(jobId).map(Entry::job);
    }

    /** The ids of all jobs, also of those that are deleted; in no order. */
    public Stream<String> ids() {
        return index.everything().map(entry -> entry.id);
    }

    /** Jobs of the backend that are not deleted, newest first. */
    public Stream<Job> ofBackend(String backendId) {
        return index.ofBackend(backendId);
    }

    /** Jobs of the backend that are not over. */
    public Stream<Job> active(String backendId) {
        return index.active(backendId);
    }

    public Map<JobStatus, Long> counts(String backendId) {
        return index.counts(backendId);
    }

    /** How often a final status was kept against a patch. */
    public long stickies() {
        return stickies.get();
    }

    /** Forgets the backend and all its jobs. */
    public void removeBackend(String backendId) {
        store.removeBackend(backendId);
        bodyStore.deleteAll(BodyKey.prefix(backendId));
        bodyStore.deleteAll(Archivist.prefix(backendId));
        index.removeBackend(backendId);
        archive.removeBackend(backendId);
    }

    /**
     * Moves jobs that are long over into the archive, where they are found by their id only. To be called from time to
     * time; two replicas may do so at once.
     *
     * @param retention of a job, since its last transition
     * @return how many jobs were moved, or forgotten because they had been deleted; 0 where nothing is left to do
     */
    public int archive(String backendId, Duration retention) {
        return new Archivist(index, store, bodies, bodyStore, archive, freshness, clock).archive(backendId, retention);
    }

    /** Where the backend's archive is in the bucket. */
    Set<String> segments(String backendId) {
        return archive.segments()
                .filter(segment -> segment.backendId().equals(backendId))
                .map(Segment::key)
                .collect(Collectors.toSet());
    }

    /**
     * Removes what writers left that ended between two steps. To be called from time to time, once all jobs are loaded.
     *
     * @return how many things were removed
     */
    public int collect() {
        return new Collector(index, store, bodyStore, archive, freshness).collect();
    }

    private Stream<Entry> found(Caller caller, Query query) {
        query.required("backend_id").ifPresent(named -> named.forEach(backend -> checkMayUse(caller, backend)));
        return finder.find(query, caller.backends());
    }

    private List<ObjectNode> shown(Stream<Entry> found, Projection projection) {
        return new Shown(found.toList(), finder.view(projection));
    }

    /** What has been stored is acknowledged: with its large fields if they can be had, or as it is by now. */
    private Job shown(Job job) {
        try {
            return finder.whole(job).orElse(job);
        } catch (StoreException e) {
            LOG.infof("%s is answered without its large fields: %s", job.id(), e.getMessage());
            return job;
        }
    }

    private Stored require(Caller caller, String jobId) {
        var stored = writes.newest(jobId)
                .or(() -> recalled(caller, jobId))
                .filter(it -> !it.job().isDeleted())
                .orElseThrow(() -> RegistryException.notFound(jobId));
        checkMayUse(caller, stored.job().backendId());
        return stored;
    }

    /** A job of the archive that is to be changed. */
    private Optional<Stored> recalled(Caller caller, String jobId) {
        var archived = archive.find(jobId).filter(job -> !job.isDeleted());
        archived.ifPresent(job -> checkMayUse(caller, job.backendId()));
        return archived.flatMap(writes::recalled);
    }

    private static void checkMayUse(Caller caller, String backendId) {
        if (!caller.mayUse(backendId)) {
            throw RegistryException.forbidden(caller.client() + " has no rights to jobs of " + backendId);
        }
    }

    private Job patched(Job job, ObjectNode patch, String by, Optional<String> reason) {
        var whole = touchesBody(job, patch) ? bodies.whole(job) : job;
        var asked = JobStatus.find(patch.path("status").asText()).filter(status -> status != job.status());
        if (asked.isPresent() && job.status().isFinal()) {
            stickies.incrementAndGet();
            LOG.infof("%s stays %s; %s had said %s", job.id(), job.status(), by, asked.get());
            return whole.with(Merge.of(whole.document(), patch.deepCopy().without("status")));
        }
        var document = Merge.of(whole.document(), patch);
        return asked.map(status -> whole.moved(document, status, clock.instant(), by, reason))
                .orElseGet(() -> whole.with(document));
    }

    private static boolean touchesBody(Job job, ObjectNode patch) {
        return job.body()
                .filter(body -> body.fields().stream().anyMatch(patch::has))
                .isPresent();
    }
}
