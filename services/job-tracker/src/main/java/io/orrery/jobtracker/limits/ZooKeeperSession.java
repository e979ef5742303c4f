package io.orrery.jobtracker.limits;

import io.orrery.jobtracker.limits.OpenEoZooKeeper.UnreachableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;

/** A session that ends with what it was opened through. */
public final class ZooKeeperSession implements OpenEoZooKeeper.Session {

    private static final int SESSION_MS = 10_000;
    private static final int PAUSE_MS = 200;

    private final CuratorFramework zookeeper;
    private final Runnable afterwards;

    private ZooKeeperSession(CuratorFramework zookeeper, Runnable afterwards) {
        this.zookeeper = zookeeper;
        this.afterwards = afterwards;
    }

    /**
     * @param patience for how long an answer is waited for
     * @param afterwards closes the way there; also called if there is no answer
     * @throws UnreachableException if there is none in time
     */
    public static ZooKeeperSession at(String connectString, Duration patience, Runnable afterwards) {
        var zookeeper = CuratorFrameworkFactory.newClient(
                connectString, SESSION_MS, (int) patience.toMillis(), new RetryOneTime(PAUSE_MS));
        var session = new ZooKeeperSession(zookeeper, afterwards);
        zookeeper.start();
        try {
            if (zookeeper.blockUntilConnected((int) patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return session;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
        throw new UnreachableException("openEO's ZooKeeper does not answer");
    }

    @Override
    public CuratorFramework zookeeper() {
        return zookeeper;
    }

    @Override
    public void close() {
        zookeeper.close();
        afterwards.run();
    }
}
