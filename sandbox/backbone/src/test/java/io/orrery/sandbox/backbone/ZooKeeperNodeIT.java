package io.orrery.sandbox.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ZooKeeperNodeIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static Backbone backbone;
    private static ZooKeeper zookeeper;

    @BeforeAll
    static void start() {
        backbone = Backbone.start(BackboneSettings.temporary());
        zookeeper = backbone.zookeeper();
    }

    @AfterAll
    static void close() {
        backbone.close();
    }

    private static CuratorFramework client() {
        var client =
                CuratorFrameworkFactory.newClient(zookeeper.connectString(), 30_000, 15_000, new RetryNTimes(50, 200));
        client.start();
        return client;
    }

    @Test
    void dataAndSessionOutliveARestart() throws Exception {
        try (var client = client()) {
            client.create().creatingParentsIfNeeded().forPath("/kept/data", "value".getBytes(StandardCharsets.UTF_8));
            client.create().withMode(CreateMode.EPHEMERAL).forPath("/kept/session");
            var session = client.getZookeeperClient().getZooKeeper().getSessionId();
            var suspended = new CountDownLatch(1);
            var reconnected = new CountDownLatch(1);
            client.getConnectionStateListenable().addListener((ignored, state) -> {
                if (state == ConnectionState.SUSPENDED) {
                    suspended.countDown();
                } else if (state == ConnectionState.RECONNECTED) {
                    reconnected.countDown();
                }
            });

            zookeeper.stop();
            assertThat(suspended.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            zookeeper.start();

            assertThat(reconnected.await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(client.getZookeeperClient().getZooKeeper().getSessionId())
                    .isEqualTo(session);
            assertThat(client.getData().forPath("/kept/data")).asString().isEqualTo("value");
            assertThat(client.checkExists().forPath("/kept/session")).isNotNull();
        }
    }

    @Test
    void leadershipPassesOnWhenTheLeaderGoes() throws Exception {
        try (var second = client();
                var follower = new LeaderLatch(second, "/leader", "second")) {
            try (var first = client();
                    var leader = new LeaderLatch(first, "/leader", "first")) {
                leader.start();
                leader.await();
                follower.start();
                assertThat(follower.hasLeadership()).isFalse();
            }

            assertThat(follower.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
