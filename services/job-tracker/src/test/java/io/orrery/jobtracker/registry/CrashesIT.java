package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.s3.S3Bodies;
import io.orrery.jobtracker.s3.TestBuckets;
import io.orrery.jobtracker.zookeeper.ZooKeeperJobs;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the genuine ZooKeeper and S3: at every second call, after it is done and before in turn. */
@ExtendWith(BackboneExtension.class)
class CrashesIT extends Crashes {

    private final List<ZooKeeperJobs> opened = new ArrayList<>();
    private CuratorFramework zookeeper;
    private S3Bodies bodies;

    @BeforeEach
    void begin(TestBackbone backbone) {
        zookeeper = CuratorFrameworkFactory.newClient(
                backbone.zookeeper().connectString(), 30_000, 15_000, new RetryNTimes(1, 100));
        zookeeper.start();
        bodies = new S3Bodies(TestBuckets.make(backbone.s3()));
    }

    @AfterEach
    void end() {
        opened.forEach(ZooKeeperJobs::close);
        zookeeper.close();
        bodies.close();
    }

    @Override
    JobStore jobs() {
        var jobs = new ZooKeeperJobs(zookeeper);
        opened.add(jobs);
        return jobs;
    }

    @Override
    BodyStore bodies() {
        return bodies;
    }

    @Override
    List<Boolean> moments(int call) {
        return call % 2 == 1 ? List.of(call % 4 == 1) : List.of();
    }
}
