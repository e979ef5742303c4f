package io.orrery.jobtracker.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.limits.OpenEoZooKeeper.UnreachableException;
import io.orrery.jobtracker.limits.PodLimits;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A genuine ZooKeeper, behind an API server that forwards ports as genuine ones do. */
@ExtendWith(BackboneExtension.class)
class ForwardedZooKeeperIT {

    private static final PlatformName DEMO = new PlatformName("demo");
    private static final Uid UID = new Uid(UUID.randomUUID());

    @TempDir
    Path keys;

    private final FactTables facts = new FactTables();
    private final LocalTeller teller = new LocalTeller(facts, Clock.systemUTC());
    private Sealer sealer;
    private PodLimits limits;
    private TestBackbone backbone;

    @BeforeEach
    void begin(TestBackbone given) throws Exception {
        backbone = given;
        var keysets = new Keysets(keys);
        keysets.create();
        sealer = new Sealer(keysets);
        limits = limits(Duration.ofSeconds(60));
        teller.tell(Samples.platform(DEMO, UID));
    }

    @Test
    void setsALimitThroughTheApiServer() throws Exception {
        try (var apiServer = PortForwardingServer.to(backbone.zookeeper().connectString())) {
            clusterAt(apiServer.port());
            var user = "user-" + UUID.randomUUID();

            limits.set(DEMO, user, 3);

            assertThat(limits.find(DEMO, user)).contains("3");
            assertThat(apiServer.asked())
                    .allMatch(path ->
                            path.equals("/api/v1/namespaces/spark-jobs/pods/zookeeper-0/portforward?ports=2181"));
            limits.remove(DEMO, user);
        }
    }

    @Test
    void saysThatThereIsNoClusterOrNoWayIntoIt() {
        assertThatThrownBy(() -> limits.find(DEMO, "anna"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no cluster");

        clusterAt(1);

        var impatient = limits(Duration.ofMillis(500));
        assertThatThrownBy(() -> impatient.find(DEMO, "anna")).isInstanceOf(UnreachableException.class);
    }

    private PodLimits limits(Duration patience) {
        return new PodLimits(new ForwardedZooKeeper(facts, sealer, patience));
    }

    private void clusterAt(int port) {
        var kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(port);
        teller.tell(Samples.cluster(DEMO, UID, sealer.seal(Purpose.KUBECONFIG, UID, kubeconfig.getBytes(UTF_8))));
    }
}
