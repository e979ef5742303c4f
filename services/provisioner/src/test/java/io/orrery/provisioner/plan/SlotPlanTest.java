package io.orrery.provisioner.plan;

import static io.orrery.provisioner.plan.Scenes.desired;
import static io.orrery.provisioner.plan.Scenes.slot;
import static io.orrery.provisioner.plan.Scenes.stood;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.model.Desired;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotPlanTest {

    private int suffix;

    @Test
    void namesAsManySlotsAsThePoolsWant() {
        var slots = plan(3, 2, ClusterView.NONE, List.of());

        assertThat(slots).extracting(Slot::pool).containsExactly("control", "control", "control", "workers", "workers");
        assertThat(slots)
                .extracting(Slot::name)
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("orrery-demo-11111111-control-1");
    }

    @Test
    void marksTheFirstServerAsTheOneThatBeginsTheCluster() {
        assertThat(plan(3, 2, ClusterView.NONE, List.of()).stream().filter(Slot::init))
                .extracting(Slot::name)
                .containsExactly("orrery-demo-11111111-control-1");
    }

    @Test
    void keepsTheMarkWhereTheUserDataIsBound() {
        var bound = new ClusterView(Optional.of(Scenes.bootstrap(1, "control-b")), false, Set.of(), Set.of(), Map.of());

        assertThat(plan(3, 0, bound, servers(State.PLANNED)).stream().filter(Slot::init))
                .extracting(Slot::name)
                .containsExactly("control-b");
    }

    @Test
    void changesNothingWhereNothingIsWanting() {
        var standing = standing();

        assertThat(plan(3, 2, stood(), standing)).isEqualTo(marked(standing));
    }

    @Test
    void retiresTheYoungestAgentsFirst() {
        assertThat(names(plan(3, 1, stood(), standing()), State.RETIRING)).containsExactly("workers-b");
    }

    @Test
    void letsAPlannedMachineGoBeforeOneThatRuns() {
        var slots = new ArrayList<>(standing());
        slots.add(3, slot("workers-x", Role.AGENT, State.PLANNED));

        assertThat(names(plan(3, 2, stood(), slots), State.DELETING)).containsExactly("workers-x");
    }

    @Test
    void retiresOneServerAtATime() {
        assertThat(names(plan(1, 2, stood(), standing()), State.RETIRING)).containsExactly("control-c");
    }

    @Test
    void retiresNoOtherServerWhileOneIsOnItsWay() {
        var slots = new ArrayList<>(standing());
        slots.set(2, slots.get(2).in(State.DELETING));

        assertThat(names(plan(1, 2, stood(), slots), State.RETIRING)).isEmpty();
    }

    @Test
    void deletesWhatIsReleased() {
        var slots = new ArrayList<>(standing());
        slots.set(4, slots.get(4).in(State.RETIRING));

        assertThat(names(plan(3, 1, stood("workers-b"), slots), State.DELETING)).containsExactly("workers-b");
        assertThat(names(plan(3, 1, stood(), slots), State.DELETING)).isEmpty();
    }

    @Test
    void deletesAtOnceWhatNoClusterEverKnew() {
        var slots = servers(State.ACTIVE);

        assertThat(names(plan(1, 0, ClusterView.NONE, slots), State.DELETING)).contains("control-c");
    }

    @Test
    void replacesAFailedMachineByANewSlot() {
        var slots = new ArrayList<>(standing());
        slots.set(3, slots.get(3).in(State.FAILED));

        var planned = plan(3, 2, stood(), slots);

        assertThat(names(planned, State.RETIRING)).containsExactly("workers-a");
        assertThat(names(planned, State.PLANNED)).containsExactly("orrery-demo-11111111-workers-1");
    }

    @Test
    void replacesNoMoreThanTheBudgetAllows() {
        var slots = new ArrayList<>(many(20));
        IntStream.range(0, 3).forEach(index -> slots.set(index, slots.get(index).in(State.FAILED)));

        var result = SlotPlan.plan(desired(0, 20), stood(), slots, budget(2), this::next);

        assertThat(result.replaced()).isEqualTo(2);
        assertThat(result.restraint()).contains(SlotPlan.Restraint.BUDGET_SPENT);
        assertThat(names(result.slots(), State.FAILED)).hasSize(1);
    }

    @Test
    void replacesNothingWhenThirtyInAHundredFailTogether() {
        var slots = new ArrayList<>(many(10));
        IntStream.range(0, 3).forEach(index -> slots.set(index, slots.get(index).in(State.FAILED)));

        var result = SlotPlan.plan(desired(0, 10), stood(), slots, budget(10), this::next);

        assertThat(result.restraint()).contains(SlotPlan.Restraint.MASS_CHANGE);
        assertThat(result.slots()).isEqualTo(slots);
    }

    @Test
    void replacesTwoOfTenBecauseThatIsNoMassChange() {
        var slots = new ArrayList<>(many(10));
        IntStream.range(0, 2).forEach(index -> slots.set(index, slots.get(index).in(State.FAILED)));

        var result = SlotPlan.plan(desired(0, 10), stood(), slots, budget(10), this::next);

        assertThat(result.replaced()).isEqualTo(2);
    }

    @Test
    void replacesTheOnlyMachineThatFailedEvenIfItIsAThird() {
        var slots = new ArrayList<>(servers(State.ACTIVE));
        slots.set(1, slots.get(1).in(State.FAILED));

        assertThat(SlotPlan.plan(desired(3, 0), stood(), slots, budget(5), this::next)
                        .replaced())
                .isEqualTo(1);
    }

    @Test
    void throwsAwayMachinesOfAFormerIncarnation() {
        var second =
                new ClusterView(Optional.of(Scenes.bootstrap(2, "control-x")), false, Set.of(), Set.of(), Map.of());

        var planned = plan(3, 0, second, servers(State.ACTIVE));

        assertThat(names(planned, State.DELETING)).containsExactly("control-a", "control-b", "control-c");
        assertThat(planned.stream().filter(slot -> slot.state() == State.PLANNED))
                .hasSize(3)
                .allMatch(slot -> slot.incarnation() == 2);
    }

    @Test
    void takesAPoolAwayThatTheDocumentNoLongerHas() {
        var only = desired(3, 0);

        var result = SlotPlan.plan(
                new Desired(
                        only.platform(),
                        only.uid(),
                        only.network(),
                        only.access(),
                        only.pools().subList(0, 1),
                        only.vip()),
                stood(),
                standing(),
                budget(5),
                this::next);

        assertThat(names(result.slots(), State.RETIRING)).containsExactlyInAnyOrder("workers-a", "workers-b");
    }

    private List<Slot> plan(int servers, int agents, ClusterView cluster, List<Slot> slots) {
        return SlotPlan.plan(desired(servers, agents), cluster, slots, budget(5), this::next)
                .slots();
    }

    private static SlotPlan.Allowance budget(int machines) {
        return new SlotPlan.Allowance(true, machines, Set.of(), Set.of());
    }

    private String next() {
        return Integer.toString(++suffix);
    }

    private static List<Slot> standing() {
        var slots = new ArrayList<>(servers(State.ACTIVE));
        slots.add(slot("workers-a", Role.AGENT, State.ACTIVE));
        slots.add(slot("workers-b", Role.AGENT, State.ACTIVE));
        return slots;
    }

    /** The one that the cluster was begun with keeps its mark. */
    private static List<Slot> marked(List<Slot> slots) {
        return slots.stream()
                .map(slot -> slot.marked(slot.name().equals("control-a")))
                .toList();
    }

    private static List<Slot> servers(State state) {
        return List.of(
                slot("control-a", Role.SERVER, state),
                slot("control-b", Role.SERVER, state),
                slot("control-c", Role.SERVER, state));
    }

    private static List<Slot> many(int agents) {
        return IntStream.range(0, agents)
                .mapToObj(number -> slot("workers-" + number, Role.AGENT, State.ACTIVE))
                .toList();
    }

    private static List<String> names(List<Slot> slots, State state) {
        return slots.stream()
                .filter(slot -> slot.state() == state)
                .map(Slot::name)
                .toList();
    }
}
