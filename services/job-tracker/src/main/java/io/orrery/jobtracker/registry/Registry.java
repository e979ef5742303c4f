package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Change;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.query.Projection;
import io.orrery.jobtracker.query.Query;
import io.orrery.jobtracker.query.Search;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The job registry. Any replica reads and writes: a write is done when the store has it, by compare and swap, and is
 * seen here at once.
 */
public final class Registry {

    private static final Logger LOG = Logger.getLogger(Registry.class);

    private final JobStore store;
    private final Bodies bodies;
    private final Clock clock;
    private final JobIndex index = new JobIndex();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final AtomicLong stickies = new AtomicLong();

    public Registry(JobStore store, BodyStore bodies, Clock clock) {
        this.store = store;
        this.bodies = new Bodies(bodies);
        this.clock = clock;
    }

    /** Loads what the store has and follows it from then on; {@link #isLoaded} when that is done. */
    public void open() {
        store.follow(new JobStore.Listener() {
            @Override
            public void stored(Stored stored) {
                index.put(stored);
            }

            @Override
            public void removed(String jobId) {
                index.remove(jobId);
            }

            @Override
            public void loaded() {
                loaded.countDown();
            }
        });
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
        if (index.find(job.id()).isPresent()) {
            throw RegistryException.duplicate(job.id());
        }
        var fitting = bodies.fitting(job);
        index.put(store.create(fitting).orElseThrow(() -> RegistryException.duplicate(job.id())));
        return document;
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
        return bodies.whole(update(stored, job -> Optional.of(patched(job, patch, caller.client(), Optional.empty()))))
                .document();
    }

    /** The job is found no more, by nobody. */
    public void delete(Caller caller, String jobId) {
        var stored = require(caller, jobId);
        update(stored, job -> Optional.of(job.with(job.document().deepCopy().put("deleted", true))));
    }

    /**
     * Changes a job by what {@code change} makes of its newest state, which may be asked again when somebody else was
     * quicker; empty: nothing to change.
     *
     * @param by who says so
     */
    public void change(String jobId, String by, Function<Job, Optional<Change>> change) {
        Optional.ofNullable(index.find(jobId).orElseGet(() -> store.read(jobId).orElse(null)))
                .ifPresent(stored -> update(
                        stored,
                        job -> job.isDeleted()
                                ? Optional.empty()
                                : change.apply(job).map(it -> patched(job, it.patch(), by, it.reason()))));
    }

    public Optional<Job> find(String jobId) {
        return index.find(jobId).map(Stored::job).filter(job -> !job.isDeleted());
    }

    /** The job with its large fields. */
    public Optional<Job> findWhole(String jobId) {
        return find(jobId).map(bodies::whole);
    }

    /** The job, also one that is deleted. */
    public Optional<Job> known(String jobId) {
        return index.find(jobId).map(Stored::job);
    }

    /** All jobs, also those that are deleted. */
    public Stream<Job> everything() {
        return index.everything();
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
        bodies.discardAll(backendId);
        index.removeBackend(backendId);
    }

    private Stream<Job> found(Caller caller, Query query) {
        query.required("backend_id").ifPresent(named -> named.forEach(backend -> checkMayUse(caller, backend)));
        return index.search(query).filter(job -> caller.mayUse(job.backendId()));
    }

    private List<ObjectNode> shown(Stream<Job> found, Projection projection) {
        return new Shown(found.toList(), job -> shown(job, projection));
    }

    private ObjectNode shown(Job job, Projection projection) {
        var needed = job.body().filter(body -> projection.touches(body.fields()));
        return projection.of(needed.isPresent() ? newestWhole(job).document() : job.document());
    }

    /** A body may have gone since the search found its job; the job's newest state leads to the body that replaced it. */
    private Job newestWhole(Job job) {
        try {
            return bodies.whole(job);
        } catch (RuntimeException e) {
            var newest = store.read(job.id()).map(Stored::job).filter(it -> !it.body()
                    .equals(job.body()));
            return bodies.whole(newest.orElseThrow(() -> e));
        }
    }

    private Stored require(Caller caller, String jobId) {
        var stored = index.find(jobId)
                .or(() -> store.read(jobId))
                .filter(it -> !it.job().isDeleted())
                .orElseThrow(() -> RegistryException.notFound(jobId));
        checkMayUse(caller, stored.job().backendId());
        return stored;
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

    /** Ends: each round that is lost was won by somebody else. */
    private Job update(Stored from, Function<Job, Optional<Job>> change) {
        var stored = from;
        while (true) {
            var changed = change.apply(stored.job());
            if (changed.isEmpty() || changed.get().equals(stored.job())) {
                return stored.job();
            }
            var next = bodies.fitting(changed.get());
            var replaced = store.replace(stored, next);
            if (replaced.isPresent()) {
                index.put(replaced.get());
                bodies.discard(stored.job(), next);
                return next;
            }
            var id = stored.job().id();
            stored = store.read(id)
                    .filter(it -> !it.job().isDeleted())
                    .orElseThrow(() -> RegistryException.notFound(id));
        }
    }
}
