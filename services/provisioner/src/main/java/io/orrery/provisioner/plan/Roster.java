package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The slots of a platform while they are planned; each keeps its place in the list. */
final class Roster {

    /** Slots on their way out: they no longer count for their pool. */
    private static final Set<State> LEAVING = EnumSet.of(State.RETIRING, State.DELETING);

    private final ClusterView cluster;
    private final List<Slot> slots;

    Roster(ClusterView cluster, List<Slot> slots) {
        this.cluster = cluster;
        this.slots = new ArrayList<>(slots);
    }

    List<Slot> slots() {
        return List.copyOf(slots);
    }

    void add(Slot slot) {
        slots.add(slot);
    }

    /** Slots that it leaves alone stay as they are. */
    void change(Predicate<Slot> which, UnaryOperator<Slot> change) {
        slots.replaceAll(slot -> which.test(slot) ? change.apply(slot) : slot);
    }

    /** Sends a machine on its way out, if that may be done now. */
    boolean letGo(Slot slot) {
        if (!mayLeave(slot)) {
            return false;
        }
        change(slot::equals, it -> it.in(it.state() == State.PLANNED ? State.DELETING : State.RETIRING));
        return true;
    }

    /** Of the servers one at a time, because etcd must keep its quorum. */
    private boolean mayLeave(Slot slot) {
        return slot.role() == Role.AGENT || !cluster.stood() || leaving(Role.SERVER) == 0;
    }

    List<Slot> staying() {
        return slots.stream().filter(slot -> !isLeaving(slot)).toList();
    }

    List<Slot> staying(String pool) {
        return staying().stream().filter(slot -> slot.pool().equals(pool)).toList();
    }

    List<Slot> staying(Role role) {
        return staying().stream().filter(slot -> slot.role() == role).toList();
    }

    int leaving(String pool) {
        return (int) slots.stream()
                .filter(slot -> slot.pool().equals(pool) && isLeaving(slot))
                .count();
    }

    private long leaving(Role role) {
        return slots.stream()
                .filter(slot -> slot.role() == role && isLeaving(slot))
                .count();
    }

    static boolean isLeaving(Slot slot) {
        return LEAVING.contains(slot.state());
    }
}
