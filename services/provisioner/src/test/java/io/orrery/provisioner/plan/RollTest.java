package io.orrery.provisioner.plan;

import static io.orrery.provisioner.plan.Scenes.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.plan.SlotPlan.Allowance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines that are made otherwise than their pool wants them by now. */
class RollTest {

    private static final Slot.Design FORMER = new Slot.Design(
            "small-flavor",
            "image-id",
            Optional.empty(),
            List.of(),
            Optional.of("soft-anti-affinity"),
            Optional.empty(),
            false,
            Optional.empty());

    private int suffix;

    @Test
    void addsAMachineBeforeAnOutdatedOneGoes() {
        var planned = plan(Scenes.desired(0, 2), ready(agents(2)), agents(2));

        assertThat(planned).hasSize(3).noneMatch(slot -> slot.state() == State.RETIRING);
        assertThat(planned.getLast().design()).contains(Scenes.DESIGN);
    }

    @Test
    void retiresAnOutdatedMachineOnceTheNewOneIsAReadyNode() {
        var slots = new ArrayList<>(agents(2));
        slots.add(slot("workers-new", Role.AGENT, State.ACTIVE));

        assertThat(in(plan(Scenes.desired(0, 2), ready(agents(2)), slots), State.RETIRING))
                .as("not a node yet")
                .isEmpty();
        assertThat(in(plan(Scenes.desired(0, 2), ready(slots), slots), State.RETIRING))
                .hasSize(1);
    }

    @Test
    void rollsAQuarterOfTheAgentsAtATime() {
        assertThat(in(plan(Scenes.desired(0, 8), ready(agents(8)), agents(8)), State.PLANNED))
                .hasSize(2);
    }

    @Test
    void touchesNoServerWhileAnotherIsNotReady() {
        var slots = new ArrayList<>(servers());
        slots.add(slot("control-new", Role.SERVER, State.ACTIVE));
        slots.set(2, slots.get(2).in(State.FAILED));

        assertThat(in(plan(Scenes.desired(3, 0), ready(slots), slots), State.RETIRING))
                .containsExactly("control-2");
    }

    @Test
    void exchangesAtOnceWhatHasNoMachineYet() {
        var slots = List.of(slot("workers-0", Role.AGENT, State.PLANNED).of(FORMER));

        var planned = plan(Scenes.desired(0, 1), ready(List.of()), slots);

        assertThat(in(planned, State.DELETING)).containsExactly("workers-0");
        assertThat(in(planned, State.PLANNED)).hasSize(1);
    }

    @Test
    void exchangesAllAtOnceAsLongAsKubernetesHasNotStood() {
        var young = new ClusterView(Optional.of(Scenes.bootstrap(1, "control-0")), false, Set.of(), Set.of(), Map.of());

        var planned = plan(Scenes.desired(3, 0), young, servers());

        assertThat(in(planned, State.DELETING)).hasSize(3);
        assertThat(in(planned, State.PLANNED)).hasSize(3);
    }

    @Test
    void leavesMachinesAloneOfWhichNobodyWroteDownWhatTheyAreMadeOf() {
        var untold = new Slot(
                "workers-0",
                "workers",
                Role.AGENT,
                State.ACTIVE,
                false,
                1,
                Optional.of("id"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        var planned = plan(Scenes.desired(0, 1), ready(List.of(untold)), List.of(untold));

        assertThat(planned).containsExactly(untold.of(Scenes.DESIGN));
    }

    @ParameterizedTest(name = "{0} servers, {1} agents, order {2}")
    @CsvSource({"3,0,1", "1,0,2", "5,9,3", "3,4,4", "0,1,5"})
    void neverHasFewerReadyMachinesThanThePoolsWantAndComesToAnEnd(int servers, int agents, long order) {
        var desired = Scenes.desired(servers, agents);
        var random = new Random(order);
        var slots = new ArrayList<>(former("control", Role.SERVER, servers));
        slots.addAll(agents(agents));
        var ready = slots.stream().map(Slot::name).collect(Collectors.toCollection(HashSet::new));
        var released = new HashSet<String>();
        var most = 0;
        for (int pass = 0; pass < 1000; pass++) {
            var planned = plan(desired, new ClusterView(bootstrap(), true, released, ready, Map.of()), slots);
            slots.clear();
            slots.addAll(planned);
            slots.removeIf(slot -> slot.state() == State.DELETING && random.nextBoolean());
            slots.replaceAll(slot -> slot.state() == State.PLANNED && random.nextBoolean()
                    ? slot.filled("id-of-" + slot.name(), Optional.empty()).in(State.ACTIVE)
                    : slot);
            slots.stream()
                    .filter(slot -> slot.state() == State.ACTIVE && random.nextBoolean())
                    .forEach(slot -> ready.add(slot.name()));
            slots.stream()
                    .filter(slot -> slot.state() == State.RETIRING && random.nextBoolean())
                    .forEach(slot -> {
                        ready.remove(slot.name());
                        released.add(slot.name());
                    });
            assertThat(serving(slots, ready, Role.SERVER)).isGreaterThanOrEqualTo(servers);
            assertThat(serving(slots, ready, Role.AGENT)).isGreaterThanOrEqualTo(agents);
            most = Math.max(most, slots.size());
        }

        assertThat(slots).hasSize(servers + agents).noneMatch(desired::isOutdated);
        assertThat(most).isLessThanOrEqualTo(servers + 1 + agents + Math.max(1, agents / 4));
    }

    private static long serving(List<Slot> slots, Set<String> ready, Role role) {
        return slots.stream()
                .filter(slot -> slot.role() == role && slot.state() == State.ACTIVE && ready.contains(slot.name()))
                .count();
    }

    private List<Slot> plan(Desired desired, ClusterView cluster, List<Slot> slots) {
        return SlotPlan.plan(
                        desired, cluster, slots, new Allowance(true, 5, Set.of(), Set.of()), () -> "new" + ++suffix)
                .slots();
    }

    private static ClusterView ready(List<Slot> slots) {
        return new ClusterView(
                bootstrap(), true, Set.of(), slots.stream().map(Slot::name).collect(Collectors.toSet()), Map.of());
    }

    private static Optional<Bootstrap> bootstrap() {
        return Optional.of(Scenes.bootstrap(1, "control-0"));
    }

    private static List<Slot> servers() {
        return former("control", Role.SERVER, 3);
    }

    private static List<Slot> agents(int count) {
        return former("workers", Role.AGENT, count);
    }

    private static List<Slot> former(String pool, Role role, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> slot(pool + "-" + index, role, State.ACTIVE).of(FORMER))
                .toList();
    }

    private static List<String> in(List<Slot> slots, State state) {
        return slots.stream()
                .filter(slot -> slot.state() == state)
                .map(Slot::name)
                .toList();
    }
}
