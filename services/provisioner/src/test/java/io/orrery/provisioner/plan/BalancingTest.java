package io.orrery.provisioner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.provisioner.model.Balance.Listener;
import io.orrery.provisioner.model.Balance.Member;
import io.orrery.provisioner.model.Balance.Monitor;
import io.orrery.provisioner.model.Balance.Pool;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.model.Thing.LoadBalancer;
import io.orrery.provisioner.model.Thing.LoadBalancer.Provisioning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BalancingTest {

    private static final Instant THEN = Instant.EPOCH;
    private static final String BALANCER = "orrery-demo-11111111-api";
    private static final Slot STAYING = Scenes.slot("one", Role.SERVER, Slot.State.ACTIVE);

    private final Desired desired = Scenes.desired(1, 0);

    @Test
    void isMadeWithTheServersThatHaveAddressesAndNotBefore() {
        assertThat(plan(Observed.of(THEN, List.of()), Ledger.EMPTY, STAYING)).isEmpty();

        var steps = plan(Observed.of(THEN, List.of(port("one", "10.0.0.11"))), ledger("one"), STAYING);

        assertThat(steps).singleElement().isInstanceOfSatisfying(Step.Create.class, create -> {
            assertThat(create.kind()).isEqualTo(Kind.LOAD_BALANCER);
            assertThat(create.name()).isEqualTo(BALANCER);
            assertThat(create.blueprint())
                    .isEqualTo(new Blueprint.LoadBalancer("vip", Entrance.of(desired, Set.of("10.0.0.11"))));
        });
    }

    @Test
    void isLeftAloneWhileItIsBeingChanged() {
        var changing = balancer(Set.of()).in(Provisioning.PENDING);

        assertThat(plan(seen(changing), withBalancer("one"), STAYING)).isEmpty();
        assertThat(plan(seen(changing.in(Provisioning.ACTIVE)), withBalancer("one"), STAYING))
                .hasSize(1);
    }

    @Test
    void isBroughtRightByOneChangeAfterTheOther() {
        var bare = balancer(Set.of("10.0.0.11")).with(List.of(), List.of());
        var observed = seen(bare);
        var changes = new ArrayList<String>();
        for (var steps = plan(observed, withBalancer("one"), STAYING);
                !steps.isEmpty();
                steps = plan(observed, withBalancer("one"), STAYING)) {
            assertThat(steps).hasSize(1);
            var mend = (Step.MendBalancer) steps.getFirst();
            changes.add(mend.mending().getClass().getSimpleName());
            observed = seen(mend.mending().on(mend.balancer(), "made-" + changes.size()));
        }

        assertThat(changes)
                .containsExactly(
                        "AddPool", "SetMembers", "Monitor", "Listener", "AddPool", "SetMembers", "Monitor", "Listener");
    }

    @Test
    void aServerStaysUntilNothingIsLedToItAnyMore() {
        var leaving = Scenes.slot("two", Role.SERVER, Slot.State.DELETING);
        var condemned = withBalancer("one", "two")
                .with(new Resource("server", Keys.server("two"), "two", Optional.of("id-of-two"), State.CONDEMNED));
        var server = new Thing.Server(
                "id-of-two",
                "two",
                THEN,
                Thing.Server.Status.ACTIVE,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        var led = seen(balancer(Set.of("10.0.0.11", "10.0.0.12"))).with(List.of(server, port("two", "10.0.0.12")));

        assertThat(plan(led, condemned, STAYING, leaving))
                .containsExactly(setMembers(balancer(Set.of("10.0.0.11", "10.0.0.12")), 6443));
        assertThat(Demolition.plan(condemned, led, Scene.Restraint.NONE)).isEmpty();

        var free = led.with(List.of(balancer(Set.of("10.0.0.11"))));
        assertThat(Demolition.plan(condemned, free, Scene.Restraint.NONE))
                .containsExactly(new Step.Delete(Keys.server("two"), Kind.SERVER, "id-of-two", "two"));

        var failed = led.with(List.of(balancer(Set.of("10.0.0.11", "10.0.0.12")).in(Provisioning.ERROR)));
        assertThat(Demolition.plan(condemned, failed, Scene.Restraint.NONE)).hasSize(1);
    }

    @Test
    void isLostWhenItHasFailedOrItsPortIsNotOursAnyMore() {
        var whole = balancer(Set.of("10.0.0.11"));
        var ledger = withBalancer("one").with(present("port", Keys.VIP, "vip"));

        assertThat(Balancing.loss(ledger, seen(whole))).isEmpty();
        assertThat(Balancing.loss(ledger, seen(whole.in(Provisioning.ERROR)))).isPresent();
        assertThat(Balancing.loss(withBalancer("one").with(present("port", Keys.VIP, "another")), seen(whole)))
                .isPresent();
    }

    @Test
    void letsInWhoMayReachTheApiButOnlyMachinesToJoin() {
        assertThat(Entrance.of(desired, Set.of()))
                .extracting(Entrance::port, Entrance::sources)
                .containsExactly(tuple(6443, Set.of()), tuple(9345, Set.of("10.20.0.0/24")));
    }

    private Step setMembers(LoadBalancer balancer, int port) {
        return new Step.MendBalancer(
                Keys.BALANCER,
                balancer,
                new Mending.SetMembers("pool-" + port, Set.of(new Member("10.0.0.11", port, 6443, true))));
    }

    private List<Step> plan(Observed observed, Ledger ledger, Slot... slots) {
        var scene = Scenes.scene(desired, List.of(slots), ledger, observed);
        var draft = new Draft(scene);
        new Balancing(scene, draft, "subnet").plan("vip");
        return draft.steps();
    }

    /** As it is to be for these servers. */
    private LoadBalancer balancer(Set<String> servers) {
        var entrances = Entrance.of(desired, servers);
        return new LoadBalancer(
                "balancer",
                BALANCER,
                THEN,
                Provisioning.ACTIVE,
                true,
                "vip",
                entrances.stream()
                        .map(it -> new Listener(
                                "listener-" + it.port(),
                                it.port(),
                                it.sources(),
                                true,
                                Optional.of("pool-" + it.port())))
                        .toList(),
                entrances.stream()
                        .map(it -> new Pool(
                                "pool-" + it.port(),
                                it.pool(BALANCER),
                                true,
                                it.members(),
                                Optional.of(new Monitor("monitor-" + it.port(), Entrance.CHECK))))
                        .toList());
    }

    private static Observed seen(LoadBalancer balancer) {
        return Observed.of(THEN, List.of(balancer, port("one", "10.0.0.11")));
    }

    private static Thing.Port port(String slot, String address) {
        return new Thing.Port(
                "port-of-" + slot,
                slot + "-port-0",
                THEN,
                "network",
                Map.of("subnet", address),
                Optional.empty(),
                true,
                true,
                Set.of(),
                Set.of());
    }

    private static Ledger ledger(String... slots) {
        var ledger = Ledger.EMPTY;
        for (var slot : slots) {
            ledger = ledger.with(present("port", Keys.port(slot, 0), "port-of-" + slot));
        }
        return ledger;
    }

    private static Ledger withBalancer(String... slots) {
        return ledger(slots)
                .with(new Resource(
                        Kind.LOAD_BALANCER.word(), Keys.BALANCER, BALANCER, Optional.of("balancer"), State.PRESENT));
    }

    private static Resource present(String kind, String key, String id) {
        return new Resource(kind, key, key, Optional.of(id), State.PRESENT);
    }
}
