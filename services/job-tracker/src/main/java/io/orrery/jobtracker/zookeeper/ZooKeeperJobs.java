package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.jobtracker.registry.JobStore;
import io.orrery.jobtracker.registry.Segment;
import io.orrery.jobtracker.registry.SegmentId;
import io.orrery.reconciler.facts.FactCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.data.Stat;

/**
 * A node for each job; see {@link Paths}. Clients change jobs without naming a backend, so an id is unique over all of
 * them, and a node's name says nothing of its backend.
 */
public final class ZooKeeperJobs implements JobStore, AutoCloseable {

    private final CuratorFramework zookeeper;
    private Optional<JobWatch> watch = Optional.empty();

    public ZooKeeperJobs(CuratorFramework zookeeper) {
        this.zookeeper = zookeeper;
    }

    @Override
    public synchronized void follow(Listener listener) {
        var opened = new JobWatch(zookeeper, listener);
        opened.open();
        watch = Optional.of(opened);
    }

    @Override
    public Optional<Stored> create(Job job) {
        var data = JobCodec.write(job);
        try {
            var stat = new Stat();
            zookeeper.create().storingStatIn(stat).creatingParentsIfNeeded().forPath(Paths.job(job.id()), data);
            return Optional.of(new Stored(job, stat.getVersion(), stat.getMzxid()));
        } catch (NodeExistsException e) {
            return mine(job, data);
        } catch (Exception e) {
            throw Failures.of("create " + job.id(), e);
        }
    }

    /** After a connection was lost, the call is repeated, and may meet the node that it has made itself. */
    private Optional<Stored> mine(Job job, byte[] data) {
        return read(job.id()).filter(stored -> Arrays.equals(JobCodec.write(stored.job()), data));
    }

    @Override
    public Optional<Stored> read(String jobId) {
        try {
            var stat = new Stat();
            var data = zookeeper.getData().storingStatIn(stat).forPath(Paths.job(jobId));
            return Optional.of(stored(jobId, data, stat));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw Failures.of("read " + jobId, e);
        }
    }

    /** @throws StoreException if the node holds no job */
    static Stored stored(String jobId, byte[] data, Stat stat) {
        try {
            return new Stored(JobCodec.read(data), stat.getVersion(), stat.getMzxid());
        } catch (IOException e) {
            throw new StoreException("the node of " + jobId + " holds no job: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Stored> replace(Stored expected, Job next) {
        try {
            var stat = zookeeper
                    .setData()
                    .withVersion(expected.version())
                    .forPath(Paths.job(next.id()), JobCodec.write(next));
            return Optional.of(new Stored(next, stat.getVersion(), stat.getMzxid()));
        } catch (BadVersionException | NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw Failures.of("change " + next.id(), e);
        }
    }

    @Override
    public boolean remove(Stored expected) {
        var id = expected.job().id();
        try {
            zookeeper.delete().withVersion(expected.version()).forPath(Paths.job(id));
            return true;
        } catch (NoNodeException e) {
            return true;
        } catch (BadVersionException e) {
            return false;
        } catch (Exception e) {
            throw Failures.of("remove " + id, e);
        }
    }

    @Override
    public SegmentId archive(Segment segment) {
        try {
            var made = zookeeper
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT_SEQUENTIAL)
                    .forPath(Paths.newSegment(segment.backendId()), FactCodec.write(segment));
            return Paths.segmentAt(made).orElseThrow();
        } catch (Exception e) {
            throw Failures.of("archive jobs of " + segment.backendId(), e);
        }
    }

    @Override
    public Optional<Segment> read(SegmentId segment) {
        try {
            return Optional.of(FactCodec.read(zookeeper.getData().forPath(Paths.segment(segment)), Segment.class));
        } catch (NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw Failures.of("read " + segment, e);
        }
    }

    @Override
    public void removeBackend(String backendId) {
        try {
            for (var shelf : Nodes.children(zookeeper, Paths.JOBS)) {
                for (var path : Nodes.children(zookeeper, shelf)) {
                    removeIfOf(backendId, path);
                }
            }
            zookeeper.delete().quietly().deletingChildrenIfNeeded().forPath(Paths.archive(backendId));
        } catch (Exception e) {
            throw Failures.of("remove the jobs of " + backendId, e);
        }
    }

    private void removeIfOf(String backendId, String path) throws Exception {
        var id = Paths.jobAt(path);
        var job = id.flatMap(this::read);
        if (job.filter(it -> it.job().backendId().equals(backendId)).isPresent()) {
            zookeeper.delete().quietly().forPath(path);
        }
    }

    @Override
    public synchronized void close() {
        watch.ifPresent(JobWatch::close);
    }
}
