package io.orrery.provisioner.plan;

import static io.orrery.provisioner.plan.Scenes.NOTHING;
import static io.orrery.provisioner.plan.Scenes.desired;
import static io.orrery.provisioner.plan.Scenes.scene;
import static io.orrery.provisioner.plan.Scenes.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final List<Slot> SLOTS = List.of(
            slot("control-a", Role.SERVER, Slot.State.PLANNED), slot("workers-a", Role.AGENT, Slot.State.PLANNED));

    @Test
    void beginsWithAllThatStandsOnNothing() {
        assertThat(Planner.plan(scene(desired(1, 1), SLOTS, Ledger.EMPTY, NOTHING)))
                .extracting(Step::key)
                .containsExactly(Keys.NETWORK, Keys.ROUTER, Keys.SERVERS, Keys.AGENTS);
    }

    @Test
    void playsAWholePlatformThroughInTheOrderInWhichOneThingStandsOnAnother() {
        var keys = DryRun.steps(desired(1, 1), SLOTS, Ledger.EMPTY, NOTHING).stream()
                .map(Step::key)
                .toList();

        assertThat(keys)
                .containsSubsequence(Keys.NETWORK, Keys.SUBNET, Keys.ROUTER_INTERFACE, Keys.FLOATING_IP)
                .containsSubsequence(Keys.SUBNET, Keys.VIP, Keys.port("control-a", 0), Keys.server("control-a"))
                .containsSubsequence(
                        Keys.VIP, Keys.serverGroup("workers", "soft-anti-affinity"), Keys.server("workers-a"));
    }

    @Test
    void makesNoServerBeforeThereIsUserData() {
        var ports = Planner.plan(scene(desired(1, 1), SLOTS, standing(), seen()));

        assertThat(ports).noneMatch(step -> step.key().startsWith("server:"));
    }

    @Test
    void doesNotMakeAgainWhatIsInDoubt() {
        var doubt = new Restraint(Set.of(Keys.NETWORK), Set.of(), Set.of());
        var scene = new Scene(desired(1, 1), Ledger.EMPTY, List.of(), NOTHING, Optional.empty(), doubt);

        assertThat(Planner.plan(scene)).extracting(Step::key).doesNotContain(Keys.NETWORK);
    }

    @Test
    void asksForWhatIsNotListedInsteadOfMakingItAnew() {
        var steps = Planner.plan(scene(desired(1, 1), SLOTS, standing(), NOTHING));

        assertThat(steps).isNotEmpty().allMatch(Step.AskFor.class::isInstance);
    }

    @Test
    void asksForAThingOnceInAPass() {
        var asked = new Restraint(
                Set.of(), Set.of("id-network", "id-router", "id-group:servers", "id-group:agents"), Set.of());
        var scene = new Scene(desired(1, 1), standing(), List.of(), NOTHING, Optional.empty(), asked);

        assertThat(Planner.plan(scene)).isEmpty();
    }

    @Test
    void namesRightWhatSomebodyRenamed() {
        var renamed =
                seen().with(List.of(new Thing.Network("id-network", "mine now", Instant.EPOCH, false, 1450, true)));

        assertThat(Planner.plan(scene(desired(1, 1), List.of(), standing(), renamed)))
                .contains(new Step.Rename(Keys.NETWORK, Kind.NETWORK, "id-network", "orrery-demo-11111111-network"));
    }

    @Test
    void neverTouchesABorrowedNetwork() {
        var plain = desired(1, 1);
        var net = plain.network();
        var borrowing = new Desired(
                plain.platform(),
                plain.uid(),
                new Desired.Net(
                        net.cidr(),
                        net.dns(),
                        net.external(),
                        net.attached(),
                        net.groups(),
                        Optional.of("theirs"),
                        Optional.of("their-subnet"),
                        Optional.of("their-router"),
                        Optional.empty(),
                        false),
                plain.access(),
                plain.pools(),
                plain.vip());

        var steps = DryRun.steps(borrowing, SLOTS, Ledger.EMPTY, NOTHING);

        assertThat(steps)
                .extracting(Step::key)
                .doesNotContain(Keys.NETWORK, Keys.SUBNET, Keys.ROUTER, Keys.ROUTER_INTERFACE)
                .contains(Keys.VIP);
    }

    @Test
    void deletesInTheOrderInWhichOpenStackLetsGo() {
        var condemned = Condemnation.ofAll(standing(), true, Set.of());

        assertThat(Demolition.plan(condemned, seen(), Restraint.NONE))
                .extracting(Step::key)
                .containsExactly(Keys.FLOATING_IP);
    }

    @Test
    void doesNotDeleteAgainWhatIsGoing() {
        var condemned = Condemnation.ofAll(standing(), true, Set.of());
        var going = new Restraint(Set.of(), Set.of(), Set.of("id-floating-ip"));

        assertThat(Demolition.plan(condemned, seen(), going)).isEmpty();
    }

    @Test
    void takesTheOldestOfDoublesAndCondemnsTheOthers() {
        var name = "orrery-demo-11111111-network";
        var intended = Ledger.EMPTY.with(Resource.intended("network", Keys.NETWORK, name));
        var doubles = Observed.of(
                Instant.EPOCH,
                List.of(
                        new Thing.Network("young", name, Instant.ofEpochSecond(2), false, 1450, true),
                        new Thing.Network("old", name, Instant.ofEpochSecond(1), false, 1450, true)));

        var recognised = Recognition.recognise(intended, doubles);

        assertThat(recognised.id(Keys.NETWORK)).contains("old");
        assertThat(recognised.byId("young")).map(Resource::state).contains(Resource.State.CONDEMNED);
    }

    @Test
    void doesNotTakeForItsOwnWhatOnlySoundsAlike() {
        var intended = Ledger.EMPTY.with(Resource.intended("network", Keys.NETWORK, "orrery-demo-11111111-network"));
        var others = Observed.of(
                Instant.EPOCH,
                List.of(new Thing.Network("theirs", "orrery-demo-99999999-network", Instant.EPOCH, false, 1450, true)));

        assertThat(Recognition.recognise(intended, others).id(Keys.NETWORK)).isEmpty();
    }

    private static Ledger standing() {
        var ledger = Ledger.EMPTY;
        for (var line : List.of(
                Map.entry(Kind.NETWORK, Keys.NETWORK),
                Map.entry(Kind.SUBNET, Keys.SUBNET),
                Map.entry(Kind.ROUTER, Keys.ROUTER),
                Map.entry(Kind.ROUTER_INTERFACE, Keys.ROUTER_INTERFACE),
                Map.entry(Kind.SECURITY_GROUP, Keys.SERVERS),
                Map.entry(Kind.SECURITY_GROUP, Keys.AGENTS),
                Map.entry(Kind.PORT, Keys.VIP),
                Map.entry(Kind.FLOATING_IP, Keys.FLOATING_IP))) {
            ledger = ledger.with(Resource.intended(line.getKey().word(), line.getValue(), name(line.getValue()))
                    .seen("id-" + line.getValue()));
        }
        return ledger;
    }

    private static Observed seen() {
        var subnet = "id-" + Keys.SUBNET;
        return Observed.of(
                Instant.EPOCH,
                List.of(
                        new Thing.Network("id-" + Keys.NETWORK, name(Keys.NETWORK), Instant.EPOCH, false, 1450, true),
                        new Thing.Subnet(
                                subnet,
                                name(Keys.SUBNET),
                                Instant.EPOCH,
                                "id-network",
                                "10.20.0.0/24",
                                Set.of(),
                                Optional.of("10.20.0.1"),
                                true),
                        new Thing.Router(
                                "id-" + Keys.ROUTER,
                                name(Keys.ROUTER),
                                Instant.EPOCH,
                                Optional.of("external-id"),
                                true,
                                0),
                        new Thing.RouterInterface(
                                "id-" + Keys.ROUTER_INTERFACE, Instant.EPOCH, "id-router", Set.of(subnet)),
                        new Thing.SecurityGroup("id-" + Keys.SERVERS, name(Keys.SERVERS), Instant.EPOCH, "", Map.of()),
                        new Thing.SecurityGroup("id-" + Keys.AGENTS, name(Keys.AGENTS), Instant.EPOCH, "", Map.of()),
                        new Thing.Port(
                                "id-" + Keys.VIP,
                                name(Keys.VIP),
                                Instant.EPOCH,
                                "id-network",
                                Map.of(subnet, "10.20.0.5"),
                                Optional.empty(),
                                false,
                                true,
                                Set.of("id-" + Keys.SERVERS),
                                Set.of()),
                        new Thing.FloatingIp(
                                "id-" + Keys.FLOATING_IP,
                                name(Keys.FLOATING_IP),
                                Instant.EPOCH,
                                "127.64.0.9",
                                Optional.of("id-" + Keys.VIP))));
    }

    private static String name(String key) {
        return desired(1, 1).name(key);
    }
}
