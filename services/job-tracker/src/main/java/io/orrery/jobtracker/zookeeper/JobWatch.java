package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.registry.JobStore;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.SegmentId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.jboss.logging.Logger;

/**
 * Follows all jobs by one persistent recursive watch, which says what has changed but not how: each job is then read,
 * without waiting for the one before. What comes back of a job is always looked at in the same lane, and so in the order
 * in which ZooKeeper said it. Whenever the watch has been set anew, something may have been missed, and everything is
 * read. Curator's own cache would do, but keeps path and statistics of every node for itself.
 */
final class JobWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobWatch.class);
    private static final int LANES = 4;
    private static final int SECONDS_TO_NEXT_TRY = 1;

    private final CuratorFramework zookeeper;
    private final JobStore.Listener listener;
    private final PersistentWatcher watcher;
    private final ScheduledExecutorService loader = Executors.newSingleThreadScheduledExecutor(named("loading jobs"));
    private final List<ExecutorService> lanes = IntStream.range(0, LANES)
            .mapToObj(lane -> Executors.newSingleThreadExecutor(named("jobs " + lane)))
            .toList();

    JobWatch(CuratorFramework zookeeper, JobStore.Listener listener) {
        this.zookeeper = zookeeper;
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
        Paths.jobAt(event.getPath()).ifPresent(id -> read(id, failure -> missed(id, failure), () -> {}));
    }

    private void missed(String jobId, Code failure) {
        LOG.warnf("cannot read %s: %s; all jobs will be read again", jobId, failure);
        later();
    }

    /** @param done is called in any case, and last */
    private void read(String jobId, Consumer<Code> failed, Runnable done) {
        var lane = lanes.get(Math.floorMod(jobId.hashCode() >> 8, LANES));
        try {
            zookeeper
                    .getData()
                    .inBackground(
                            (client, answer) -> {
                                try {
                                    answered(jobId, answer, failed);
                                } finally {
                                    done.run();
                                }
                            },
                            lane)
                    .forPath(Paths.job(jobId));
        } catch (Exception e) {
            throw Failures.of("read " + jobId, e);
        }
    }

    private void answered(String jobId, CuratorEvent answer, Consumer<Code> failed) {
        var code = Code.get(answer.getResultCode());
        switch (code) {
            case OK -> stored(jobId, answer);
            case NONODE -> listener.removed(jobId);
            default -> failed.accept(code);
        }
    }

    private void stored(String jobId, CuratorEvent answer) {
        try {
            listener.stored(ZooKeeperJobs.stored(jobId, answer.getData(), answer.getStat()));
        } catch (StoreException e) {
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

    private Set<String> jobs() throws Exception {
        var ids = new HashSet<String>();
        var readings = new Readings();
        for (var shelf : Nodes.children(zookeeper, Paths.JOBS)) {
            for (var path : Nodes.children(zookeeper, shelf)) {
                var id = Paths.jobAt(path);
                if (id.filter(ids::add).isPresent()) {
                    readings.begin();
                    read(id.get(), readings::failed, readings::end);
                }
            }
        }
        readings.await();
        return ids;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // load() sees to its failures itself
    private void later() {
        try {
            loader.schedule(this::load, SECONDS_TO_NEXT_TRY, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed meanwhile");
        }
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
