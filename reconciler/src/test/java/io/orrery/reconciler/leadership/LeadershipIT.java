package io.orrery.reconciler.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
class LeadershipIT {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String service = "service-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> history = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void oneLeadsAndTheOtherTakesOverWhenItLeaves(TestBackbone backbone) throws Exception {
        var first = stand(backbone, "http://first", new Recorder("first"));
        await().atMost(DEADLINE).until(() -> history.contains("first elected"));
        var second = stand(backbone, "http://second", new Recorder("second"));
        assertThat(second.leader()).contains("http://first");

        first.close();

        await().atMost(DEADLINE).until(() -> history.contains("second elected"));
        assertThat(history).containsExactly("first elected", "first deposed", "second elected");
        assertThat(second.leader()).contains("http://second");
    }

    @Test
    void aLeaderWhoseSessionIsLostIsDeposedAndStandsAgain(TestBackbone backbone) throws Exception {
        var zookeeper = connect(backbone);
        stand(zookeeper, "http://first", new Recorder("first"));
        await().atMost(DEADLINE).until(() -> history.contains("first elected"));

        loseSession(backbone, zookeeper);

        await().atMost(DEADLINE).untilAsserted(() -> assertThat(history)
                .containsExactly("first elected", "first deposed", "first elected"));
    }

    @Test
    void aTermThatCannotBeginIsGivenUpAndTriedAgain(TestBackbone backbone) throws Exception {
        var attempts = new AtomicInteger();
        stand(backbone, "http://first", new Recorder("first") {
            @Override
            public void elected() throws Exception {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("Kafka does not answer");
                }
                super.elected();
            }
        });

        await().atMost(DEADLINE).until(() -> history.contains("first elected"));
        assertThat(attempts).hasValue(3);
    }

    private Leadership stand(TestBackbone backbone, String address, Leadership.Candidate candidate) throws Exception {
        return stand(connect(backbone), address, candidate);
    }

    private Leadership stand(CuratorFramework zookeeper, String address, Leadership.Candidate candidate) {
        var leadership = new Leadership(zookeeper, service, address, PAUSE, candidate);
        open.add(leadership);
        leadership.stand();
        return leadership;
    }

    private CuratorFramework connect(TestBackbone backbone) throws InterruptedException {
        var zookeeper = CuratorFrameworkFactory.newClient(
                backbone.zookeeper().connectString(), 30_000, 15_000, new RetryOneTime(100));
        open.add(zookeeper);
        zookeeper.start();
        zookeeper.blockUntilConnected();
        return zookeeper;
    }

    /** As a partition does: the server is told by another connection that the session is over. */
    private static void loseSession(TestBackbone backbone, CuratorFramework zookeeper) throws Exception {
        var session = zookeeper.getZookeeperClient().getZooKeeper();
        var connected = new CountDownLatch(1);
        var other = new ZooKeeper(
                backbone.zookeeper().connectString(),
                10_000,
                event -> connected.countDown(),
                session.getSessionId(),
                session.getSessionPasswd());
        // one that is closed while it still connects tells the server nothing
        assertThat(connected.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        other.close();
    }

    private class Recorder implements Leadership.Candidate {

        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void elected() throws Exception {
            history.add(name + " elected");
        }

        @Override
        public void deposed() {
            history.add(name + " deposed");
        }
    }
}
