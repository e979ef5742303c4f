package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.util.Set;
import org.jboss.logging.Logger;

/** Keeps what is in memory as the store tells it. */
final class Following implements JobStore.Listener {

    private static final Logger LOG = Logger.getLogger(Following.class);

    private final JobIndex index;
    private final Archive archive;
    private final JobStore store;
    private final Runnable onLoaded;

    Following(JobIndex index, Archive archive, JobStore store, Runnable onLoaded) {
        this.index = index;
        this.archive = archive;
        this.store = store;
        this.onLoaded = onLoaded;
    }

    @Override
    public void stored(Stored stored) {
        index.put(stored);
    }

    @Override
    public void removed(String jobId) {
        index.remove(jobId);
    }

    @Override
    public void archived(SegmentId segment) {
        archive.told(segment);
    }

    @Override
    public void removed(SegmentId segment) {
        archive.removed(segment);
    }

    /** Jobs that were not told of have gone, or have just been made here: each is asked for. */
    @Override
    public void loaded(Set<String> jobIds, Set<SegmentId> segments) {
        archive.told(segments);
        index.everything()
                .map(entry -> entry.id)
                .filter(id -> !jobIds.contains(id))
                .forEach(id -> look(id, index, store));
        onLoaded.run();
        Thread.ofVirtual().name("loading the archive").start(this::loadArchive);
    }

    private void loadArchive() {
        try {
            archive.load();
        } catch (StoreException e) {
            LOG.warnf("%s; it is tried again when somebody asks for an old job", e.getMessage());
        }
    }

    /** Makes what is in memory of the job what the store has. */
    static void look(String jobId, JobIndex index, JobStore store) {
        try {
            store.read(jobId).ifPresentOrElse(index::put, () -> index.remove(jobId));
        } catch (StoreException e) {
            LOG.debugf("%s will be told of when the store answers again: %s", jobId, e.getMessage());
        }
    }
}
