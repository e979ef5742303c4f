package io.orrery.provisioner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.ClusterId;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which things on the cloud are taken for leavings of a cluster. */
class SweepTest {

    private static final ClusterId CLUSTER = new ClusterId("orrery-demo-00000000");
    private static final Ledger OURS = new Ledger(
            List.of(Resource.intended("network", Keys.NETWORK, "network").seen("our-network")));

    static Stream<Thing> left() {
        return of("orrery-demo-00000000");
    }

    static Stream<Thing> ofOthers() {
        return Stream.of("orrery-demo-00000001", "demo", "kubernetes", "orrery-demo-000000000")
                .flatMap(SweepTest::of);
    }

    private static Stream<Thing> of(String cluster) {
        return Stream.of(
                floatingIp("Floating IP for Kubernetes external service a/b from cluster " + cluster),
                group("Security Group for a/b Service LoadBalancer in cluster " + cluster),
                new Thing.LoadBalancer(
                        "id",
                        "kube_service_" + cluster + "_a_b",
                        Instant.EPOCH,
                        Thing.LoadBalancer.Provisioning.ACTIVE,
                        true,
                        "",
                        List.of(),
                        List.of()),
                volume(Optional.of(cluster), false),
                new Thing.Snapshot("id", "s", Instant.EPOCH, "v", Optional.of(cluster), false));
    }

    @ParameterizedTest
    @MethodSource("left")
    void takesWhatBearsTheClustersName(Thing thing) {
        var swept = Sweep.condemn(CLUSTER, OURS, observed(thing));

        assertThat(swept.byId("id")).hasValueSatisfying(line -> {
            assertThat(line.state()).isEqualTo(State.CONDEMNED);
            assertThat(Ledger.kind(line)).isEqualTo(thing.kind());
        });
        assertThat(Sweep.condemn(CLUSTER, swept, observed(thing))).isEqualTo(swept);
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void leavesWhatBearsAnotherName(Thing thing) {
        assertThat(Sweep.condemn(CLUSTER, OURS, observed(thing))).isEqualTo(OURS);
    }

    @Test
    void leavesWhatIsOnlyDescribedAlike() {
        var alike = observed(
                floatingIp("of Ada's, not from cluster orrery-demo-00000000"),
                group("Ada's rules for cluster orrery-demo-00000000"),
                volume(Optional.empty(), false));

        assertThat(Sweep.condemn(CLUSTER, OURS, alike)).isEqualTo(OURS);
    }

    @Test
    void leavesAndNamesWhatAPersonMarked() {
        var marked = observed(volume(Optional.of(CLUSTER.value()), true));

        assertThat(Sweep.condemn(CLUSTER, OURS, marked)).isEqualTo(OURS);
        assertThat(Sweep.kept(CLUSTER, marked)).containsExactly("volume id is kept, as it is marked");
    }

    @Test
    void takesThePortOfABalancerOnOurNetworkOnceTheBalancerIsGone() {
        var port = port("octavia-lb-balancer-1", "our-network");
        var balancer = new Thing.LoadBalancer(
                "balancer-1",
                "Ada's",
                Instant.EPOCH,
                Thing.LoadBalancer.Provisioning.ACTIVE,
                true,
                "",
                List.of(),
                List.of());

        assertThat(Sweep.condemn(CLUSTER, OURS, observed(port)).byId("id")).isPresent();
        assertThat(Sweep.condemn(CLUSTER, OURS, observed(port, balancer)).byId("id"))
                .isEmpty();
        assertThat(Sweep.condemn(CLUSTER, OURS, observed(port("octavia-lb-balancer-1", "another-network")))
                        .byId("id"))
                .isEmpty();
    }

    private static Observed observed(Thing... things) {
        return Observed.of(Instant.EPOCH, List.of(things));
    }

    private static Thing floatingIp(String description) {
        return new Thing.FloatingIp("id", description, Instant.EPOCH, "203.0.113.9", Optional.empty());
    }

    private static Thing group(String about) {
        return new Thing.SecurityGroup("id", "lb-sg", Instant.EPOCH, about, Map.of());
    }

    private static Thing volume(Optional<String> cluster, boolean kept) {
        return new Thing.Volume("id", "pvc-1", Instant.EPOCH, cluster, kept, Set.of());
    }

    private static Thing port(String name, String network) {
        return new Thing.Port(
                "id", name, Instant.EPOCH, network, Map.of(), Optional.empty(), false, true, Set.of(), Set.of());
    }
}
