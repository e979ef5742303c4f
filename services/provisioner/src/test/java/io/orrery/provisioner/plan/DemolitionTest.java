package io.orrery.provisioner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order things go. */
class DemolitionTest {

    private static final Instant THEN = Instant.EPOCH;

    private static final List<Thing> ALL = List.of(
            new Thing.Network("network", "n", THEN, false, 1500, true),
            new Thing.Subnet("subnet", "n", THEN, "network", "10.0.0.0/24", Set.of(), Optional.of("10.0.0.1"), true),
            new Thing.Router("router", "n", THEN, Optional.empty(), true, 0),
            new Thing.RouterInterface("router interface", THEN, "router", Set.of("subnet")),
            new Thing.SecurityGroup("security group", "n", THEN, "", Map.of()),
            new Thing.Port("port", "n", THEN, "network", Map.of(), Optional.empty(), true, true, Set.of(), Set.of()),
            new Thing.FloatingIp("floating ip", "n", THEN, "203.0.113.9", Optional.empty()),
            new Thing.ServerGroup("server group", "n", Set.of()),
            new Thing.Server(
                    "server",
                    "n",
                    THEN,
                    Thing.Server.Status.ACTIVE,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty()),
            new Thing.LoadBalancer(
                    "load balancer", "n", THEN, Thing.LoadBalancer.Provisioning.ACTIVE, true, "", List.of(), List.of()),
            new Thing.Volume("volume", "n", THEN, Optional.empty(), false, Set.of()),
            new Thing.Snapshot("volume snapshot", "n", THEN, "volume", Optional.empty(), false),
            new Thing.Ec2Credential("ec2 credential", "secret"),
            new Thing.ApplicationCredential("application credential", "n"));

    @Test
    void takesEachThingOnceAndAfterAllThatHoldsIt() {
        var standing = new ArrayList<>(ALL);
        var waves = new ArrayList<List<Kind>>();
        while (!standing.isEmpty()) {
            var steps = plan(standing);
            var kinds = standing.stream()
                    .filter(thing -> steps.stream().anyMatch(step -> step.key().equals(thing.id())))
                    .map(Thing::kind)
                    .toList();
            assertThat(kinds).as("a wave after %s", waves).isNotEmpty();
            kinds.forEach(kind ->
                    assertThat(standing).noneMatch(thing -> kind.heldBy().contains(thing.kind())));
            waves.add(kinds);
            standing.removeIf(thing -> kinds.contains(thing.kind()));
        }

        assertThat(waves).hasSizeLessThanOrEqualTo(6);
        assertThat(waves.getFirst())
                .contains(Kind.SERVER, Kind.SNAPSHOT, Kind.LOAD_BALANCER)
                .doesNotContain(Kind.VOLUME, Kind.NETWORK);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noKindWaitsForItself(Kind kind) {
        var holders = EnumSet.noneOf(Kind.class);
        holders.addAll(kind.heldBy());
        for (int depth = 0; depth < Kind.values().length; depth++) {
            List.copyOf(holders).forEach(holder -> holders.addAll(holder.heldBy()));
        }

        assertThat(holders).doesNotContain(kind);
    }

    private static List<Step> plan(List<Thing> standing) {
        var lines = ALL.stream()
                .map(thing -> Resource.intended(thing.kind().word(), thing.id(), "n")
                        .seen(thing.id())
                        .in(standing.contains(thing) ? State.CONDEMNED : State.ABSENT))
                .toList();
        return Demolition.plan(new Ledger(lines), Observed.of(THEN, standing), Restraint.NONE);
    }
}
