package io.orrery.jobtracker.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.PlatformName;
import io.orrery.jobtracker.limits.OpenEoZooKeeper.UnreachableException;
import io.orrery.jobtracker.limits.PodLimits.NoPathException;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a genuine ZooKeeper, read and written beside it as openEO does. */
@ExtendWith(BackboneExtension.class)
class PodLimitsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final PlatformName DEMO = new PlatformName("demo");

    private CuratorFramework openEo;
    private PodLimits limits;

    @BeforeEach
    void begin(TestBackbone backbone) throws Exception {
        var connect = backbone.zookeeper().connectString();
        var root = "/limits-" + UUID.randomUUID();
        try (var outside = CuratorFrameworkFactory.newClient(connect, new RetryNTimes(1, 100))) {
            outside.start();
            outside.create().forPath(root);
        }
        openEo = CuratorFrameworkFactory.newClient(connect + root, new RetryNTimes(1, 100));
        openEo.start();
        limits = new PodLimits(platform -> ZooKeeperSession.at(connect + root, DEADLINE, () -> {}));
    }

    @AfterEach
    void end() {
        openEo.close();
    }

    @Test
    void writesWhereAndAsTheDriverReadsIt() throws Exception {
        for (var user : List.of("anna", "anna@example.org", "Ünï cödé", "oidc|123", "a/b", "..anna")) {
            limits.set(DEMO, user, 7);
            assertThat(new String(
                            openEo.getData().forPath("/openeo/config/users/" + user + "/concurrent_pod_limit"), UTF_8))
                    .isEqualTo("7");
            assertThat(limits.find(DEMO, user)).contains("7");
        }
    }

    @Test
    void changesWhatOthersWroteAndLeavesNothingWhenItIsRemoved() throws Exception {
        openEo.create()
                .creatingParentsIfNeeded()
                .forPath("/openeo/config/users/anna/concurrent_pod_limit", "5".getBytes(UTF_8));
        assertThat(limits.find(DEMO, "anna")).contains("5");

        limits.set(DEMO, "anna", 0);
        assertThat(limits.find(DEMO, "anna")).contains("0");
        limits.remove(DEMO, "anna");
        limits.remove(DEMO, "anna");

        assertThat(limits.find(DEMO, "anna")).isEmpty();
        assertThat(openEo.checkExists().forPath("/openeo/config/users/anna")).isNull();
    }

    @Test
    void leavesWhatElseStandsBesideALimit() throws Exception {
        limits.set(DEMO, "anna", 5);
        openEo.create().forPath("/openeo/config/users/anna/other");

        limits.remove(DEMO, "anna");

        assertThat(openEo.checkExists().forPath("/openeo/config/users/anna/other"))
                .isNotNull();
    }

    @Test
    void refusesUsersWhoseIdsAreNoPath() {
        for (var user : List.of("..", ".", "a/../b", "/a", "a/", "a//b", "a\u0000b", "\u0007")) {
            assertThatThrownBy(() -> limits.set(DEMO, user, 1)).as(user).isInstanceOf(NoPathException.class);
        }
    }

    @Test
    void saysThatThereIsNoAnswer() {
        var nobody = new PodLimits(platform -> ZooKeeperSession.at("127.0.0.1:1", Duration.ofMillis(500), () -> {}));

        assertThatThrownBy(() -> nobody.find(DEMO, "anna"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("does not answer");
    }
}
