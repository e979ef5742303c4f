package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.BodyStore.Kept;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes what writers left that ended between two steps: bodies that no job refers to, and segments that were never
 * told of. A key is put once, so what nobody refers to after the grace nobody ever will.
 */
final class Collector {

    private static final Logger LOG = Logger.getLogger(Collector.class);

    private final JobIndex index;
    private final JobStore store;
    private final BodyStore bodies;
    private final Archive archive;
    private final Freshness freshness;

    Collector(JobIndex index, JobStore store, BodyStore bodies, Archive archive, Freshness freshness) {
        this.index = index;
        this.store = store;
        this.bodies = bodies;
        this.archive = archive;
        this.freshness = freshness;
    }

    /** @return how many things were removed */
    int collect() {
        var segments = archive.segments().map(Segment::key).collect(Collectors.toSet());
        var removed = remove(BodyKey.prefix(), this::isReferredTo)
                + remove(Archivist.PREFIX, kept -> segments.contains(kept.key()));
        if (removed > 0) {
            LOG.infof("removed %d things that unfinished writes had left", removed);
        }
        return removed;
    }

    private int remove(String prefix, Predicate<Kept> isReferredTo) {
        try (var kept = bodies.list(prefix)) {
            return (int) kept.filter(freshness::isGarbage)
                    .filter(isReferredTo.negate())
                    .peek(it -> bodies.delete(it.key()))
                    .count();
        }
    }

    /** What is in memory may be old, and so only clears of suspicion. Strange keys are left alone. */
    private boolean isReferredTo(Kept kept) {
        return BodyKey.parse(kept.key())
                .map(key -> index.find(key.jobId())
                                .filter(entry -> refers(entry.job(), kept))
                                .isPresent()
                        || store.read(key.jobId())
                                .map(Stored::job)
                                .filter(job -> refers(job, kept))
                                .isPresent())
                .orElse(true);
    }

    private static boolean refers(Job job, Kept kept) {
        return job.body().filter(body -> body.key().equals(kept.key())).isPresent();
    }
}
