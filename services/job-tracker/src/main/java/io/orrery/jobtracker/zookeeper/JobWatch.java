package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.registry.JobStore;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.SegmentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.jboss.logging.Logger;

/**
 * Follows all jobs by one persistent recursive watch, which says what has changed but not how: each job is then read. A
 * job is always read in the same lane, so that an earlier reading never comes after a later one. Whenever the watch has
 * been set anew, something may have been missed, and everything is read: in all lanes at once. Curator's own cache
 * would do, but keeps path and statistics of every node for itself.
 */
final class JobWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobWatch.class);
    private static final int LANES = 8;
    private static final int SECONDS_TO_NEXT_TRY = 1;

    private final CuratorFramework zookeeper;
    private final JobStore store;
    private final JobStore.Listener listener;
    private final PersistentWatcher watcher;
    private final ScheduledExecutorService loader = Executors.newSingleThreadScheduledExecutor(named("loading jobs"));
    private final List<ExecutorService> lanes = IntStream.range(0, LANES)
            .mapToObj(lane -> Executors.newSingleThreadExecutor(named("jobs " + lane)))
            .toList();

    JobWatch(CuratorFramework zookeeper, JobStore store, JobStore.Listener listener) {
        this.zookeeper = zookeeper;
        this.store = store;
        this.listener = listener;
        this.watcher = new PersistentWatcher(zookeeper, Paths.JOBS, true);
        watcher.getListenable().addListener(this::happened);
        watcher.getResetListenable().addListener(() -> loader.execute(this::load));
    }

    void open() {
        watcher.start();
    }

    private void happened(WatchedEvent event) {
        if (event.getPath() == null) {
            return;
        }
        // At once, and not in a lane: a segment is told of before the jobs that have moved there are removed.
        Paths.segmentAt(event.getPath()).ifPresent(segment -> {
            switch (event.getType()) {
                case NodeCreated -> listener.archived(segment);
                case NodeDeleted -> listener.removed(segment);
                default -> LOG.debugf("%s: %s", event.getPath(), event.getType());
            }
        });
        Paths.jobAt(event.getPath()).ifPresent(id -> lane(id).execute(() -> heard(id)));
    }

    private void heard(String jobId) {
        try {
            look(jobId);
        } catch (StoreException e) {
            LOG.warnf("%s; all jobs will be read again", e.getMessage());
            later();
        }
    }

    private void look(String jobId) {
        try {
            store.read(jobId).ifPresentOrElse(listener::stored, () -> listener.removed(jobId));
        } catch (StoreException e) {
            if (e.getCause() instanceof KeeperException) {
                throw e;
            }
            LOG.error(e.getMessage());
        }
    }

    private void load() {
        try {
            var segments = segments();
            listener.loaded(jobs(), segments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warnf("cannot read all jobs: %s; it will be tried again", e.getMessage());
            later();
        }
    }

    private Set<SegmentId> segments() throws Exception {
        var segments = new HashSet<SegmentId>();
        for (var backend : Nodes.children(zookeeper, Paths.ARCHIVE)) {
            for (var path : Nodes.children(zookeeper, backend)) {
                Paths.segmentAt(path).ifPresent(segments::add);
            }
        }
        return segments;
    }

    /** Shelf by shelf: of the next one is asked while the last one is still being read. */
    private Set<String> jobs() throws Exception {
        var ids = new HashSet<String>();
        var reading = List.<Future<?>>of();
        for (var shelf : Nodes.children(zookeeper, Paths.JOBS)) {
            var next = new ArrayList<Future<?>>();
            for (var path : Nodes.children(zookeeper, shelf)) {
                Paths.jobAt(path).filter(ids::add).ifPresent(id -> next.add(lane(id).submit(() -> look(id))));
            }
            await(reading);
            reading = next;
        }
        await(reading);
        return ids;
    }

    private static void await(List<Future<?>> reading) throws ExecutionException, InterruptedException {
        for (var each : reading) {
            each.get();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // load() sees to its failures itself
    private void later() {
        try {
            loader.schedule(this::load, SECONDS_TO_NEXT_TRY, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed meanwhile");
        }
    }

    private ExecutorService lane(String jobId) {
        return lanes.get(Math.floorMod(jobId.hashCode() >> 8, LANES));
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    @Override
    public void close() {
        watcher.close();
        loader.shutdownNow();
        lanes.forEach(ExecutorService::shutdownNow);
    }
}
