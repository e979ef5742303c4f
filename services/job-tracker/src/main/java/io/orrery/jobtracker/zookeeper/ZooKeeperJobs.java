package io.orrery.jobtracker.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.jobtracker.registry.JobStore;
import java.io.IOException;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.cache.CuratorCacheStorage;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.data.Stat;
import org.jboss.logging.Logger;

/**
 * A node for each job, {@code /orrery/jobs/<backend>/<job>}, and one that says whose job it is,
 * {@code /orrery/job-backends/<job>}: clients change jobs without naming a backend, so an id must be unique over all of
 * them. Both are made and removed in one transaction.
 */
public final class ZooKeeperJobs implements JobStore, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ZooKeeperJobs.class);
    private static final String JOBS = "/orrery/jobs";
    private static final String BACKENDS = "/orrery/job-backends";
    /** Of a job's path, split at its slashes: the first part is empty. */
    private static final int LENGTH_OF_JOBS = 5;

    private final CuratorFramework zookeeper;
    private Optional<CuratorCache> cache = Optional.empty();

    public ZooKeeperJobs(CuratorFramework zookeeper) {
        this.zookeeper = zookeeper;
    }

    @Override
    public synchronized void follow(Listener listener) {
        var opened = CuratorCache.builder(zookeeper, JOBS)
                .withStorage(CuratorCacheStorage.dataNotCached())
                .withExceptionHandler(e -> LOG.warn("following the jobs in ZooKeeper", e))
                .build();
        opened.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forCreatesAndChanges((former, node) -> decode(node).ifPresent(listener::stored))
                        .forDeletes(node -> jobIn(node.getPath()).ifPresent(listener::removed))
                        .forInitialized(listener::loaded)
                        .build());
        opened.start();
        cache = Optional.of(opened);
    }

    @Override
    public Optional<Stored> create(Job job) {
        try {
            var backend = Names.encode(job.backendId());
            makeSure(BACKENDS);
            makeSure(JOBS + "/" + backend);
            zookeeper
                    .transaction()
                    .forOperations(
                            zookeeper
                                    .transactionOp()
                                    .create()
                                    .forPath(
                                            backendNode(job.id()),
                                            job.backendId().getBytes(UTF_8)),
                            zookeeper.transactionOp().create().forPath(node(job), JobCodec.write(job)));
            return Optional.of(new Stored(job, 0));
        } catch (NodeExistsException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw failed("create " + job.id(), e);
        }
    }

    @Override
    public Optional<Stored> read(String jobId) {
        try {
            var backend = new String(zookeeper.getData().forPath(backendNode(jobId)), UTF_8);
            var stat = new Stat();
            var data = zookeeper.getData().storingStatIn(stat).forPath(node(backend, jobId));
            return Optional.of(new Stored(JobCodec.read(data), stat.getVersion()));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw failed("read " + jobId, e);
        }
    }

    @Override
    public Optional<Stored> replace(Stored expected, Job next) {
        try {
            var stat = zookeeper.setData().withVersion(expected.version()).forPath(node(next), JobCodec.write(next));
            return Optional.of(new Stored(next, stat.getVersion()));
        } catch (BadVersionException | NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw failed("change " + next.id(), e);
        }
    }

    @Override
    public void removeBackend(String backendId) {
        var parent = JOBS + "/" + Names.encode(backendId);
        try {
            for (var child : zookeeper.getChildren().forPath(parent)) {
                remove(parent + "/" + child, BACKENDS + "/" + child);
            }
            zookeeper.delete().forPath(parent);
        } catch (NoNodeException e) {
            LOG.debugf("%s is gone already", parent);
        } catch (Exception e) {
            throw failed("remove the jobs of " + backendId, e);
        }
    }

    private void remove(String job, String backend) throws Exception {
        try {
            zookeeper
                    .transaction()
                    .forOperations(
                            zookeeper.transactionOp().delete().forPath(job),
                            zookeeper.transactionOp().delete().forPath(backend));
        } catch (NoNodeException e) {
            LOG.debugf("%s is gone already", job);
        }
    }

    @Override
    public synchronized void close() {
        cache.ifPresent(CuratorCache::close);
    }

    private static Optional<Stored> decode(ChildData node) {
        if (jobIn(node.getPath()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Stored(JobCodec.read(node.getData()), node.getStat().getVersion()));
        } catch (IOException | RuntimeException e) {
            LOG.errorf("%s holds no job that can be read: %s", node.getPath(), e.getMessage());
            return Optional.empty();
        }
    }

    /** The job whose node this is, if it is a job's. */
    private static Optional<String> jobIn(String path) {
        var names = path.split("/", -1);
        return names.length == LENGTH_OF_JOBS ? Optional.of(Names.decode(names[LENGTH_OF_JOBS - 1])) : Optional.empty();
    }

    private void makeSure(String path) throws Exception {
        if (zookeeper.checkExists().forPath(path) == null) {
            zookeeper.create().orSetData().creatingParentsIfNeeded().forPath(path, new byte[0]);
        }
    }

    private static String node(Job job) {
        return node(job.backendId(), job.id());
    }

    private static String node(String backendId, String jobId) {
        return JOBS + "/" + Names.encode(backendId) + "/" + Names.encode(jobId);
    }

    private static String backendNode(String jobId) {
        return BACKENDS + "/" + Names.encode(jobId);
    }

    private static RuntimeException failed(String what, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (e instanceof RuntimeException unchecked && !(e.getCause() instanceof KeeperException)) {
            return unchecked;
        }
        return new StoreException("cannot " + what + ": " + e.getMessage(), e);
    }
}
