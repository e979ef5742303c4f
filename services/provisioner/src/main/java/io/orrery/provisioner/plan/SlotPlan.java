package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which slots there are to be: as many as the pools want, with the machines that failed on their way out. Agents come and
 * go together; of the servers only one at a time is on its way out, because etcd must keep its quorum.
 */
public final class SlotPlan {

    /** Slots on their way out: they no longer count for their pool. */
    private static final Set<State> LEAVING = EnumSet.of(State.RETIRING, State.DELETING);

    /**
     * What came of it.
     *
     * @param replaced how many machines of the budget were spent
     * @param restraint why failed machines are not replaced; empty if none is held back
     */
    public record Result(List<Slot> slots, int replaced, Optional<Restraint> restraint) {
        public Result {
            slots = List.copyOf(slots);
        }
    }

    /** Why failed machines stay as they are. */
    public enum Restraint {
        /** Too many failed at once: this looks like the cloud's fault, and would be made worse by us. */
        MASS_CHANGE,
        BUDGET_SPENT
    }

    private final Desired desired;
    private final ClusterView cluster;
    private final Supplier<String> suffixes;
    private final List<Slot> slots;
    private int replaced;
    private Optional<Restraint> restraint = Optional.empty();

    private SlotPlan(Desired desired, ClusterView cluster, List<Slot> slots, Supplier<String> suffixes) {
        this.desired = desired;
        this.cluster = cluster;
        this.slots = new ArrayList<>(slots);
        this.suffixes = suffixes;
    }

    /**
     * @param slots as they are now, see {@link Inspection}
     * @param budget how many failed machines may be replaced now
     * @param suffixes random endings of new names
     */
    public static Result plan(
            Desired desired, ClusterView cluster, List<Slot> slots, int budget, Supplier<String> suffixes) {
        var plan = new SlotPlan(desired, cluster, slots, suffixes);
        plan.followIncarnation();
        plan.retireFailed(budget);
        plan.resize();
        plan.letReleasedGo();
        plan.nameInit();
        return new Result(plan.slots, plan.replaced, plan.restraint);
    }

    /** Machines of a former incarnation know secrets that are void; a slot without a machine takes the new one. */
    private void followIncarnation() {
        slots.replaceAll(slot -> {
            if (slot.incarnation() >= cluster.incarnation() || LEAVING.contains(slot.state())) {
                return slot;
            }
            return slot.state() == State.PLANNED ? incarnated(slot) : slot.in(State.DELETING);
        });
    }

    private Slot incarnated(Slot slot) {
        return new Slot(
                slot.name(),
                slot.pool(),
                slot.role(),
                slot.state(),
                slot.init(),
                cluster.incarnation(),
                slot.serverId(),
                slot.address(),
                slot.trouble());
    }

    private void retireFailed(int budget) {
        var failed = slots.stream().filter(slot -> slot.state() == State.FAILED).toList();
        var machines =
                slots.stream().filter(slot -> !LEAVING.contains(slot.state())).count();
        if (failed.size() >= 2 && failed.size() * 10L >= machines * 3) {
            restraint = Optional.of(Restraint.MASS_CHANGE);
            return;
        }
        for (var slot : failed) {
            if (replaced == budget) {
                restraint = Optional.of(Restraint.BUDGET_SPENT);
            } else if (mayRetire(slot)) {
                replace(slot, slot.in(State.RETIRING));
                replaced++;
            }
        }
    }

    private boolean mayRetire(Slot slot) {
        return slot.role() == Role.AGENT || !cluster.stood() || serversLeaving() == 0;
    }

    private long serversLeaving() {
        return slots.stream()
                .filter(slot -> slot.role() == Role.SERVER && LEAVING.contains(slot.state()))
                .count();
    }

    private void resize() {
        desired.pools().forEach(this::fill);
        slots.stream()
                .map(Slot::pool)
                .distinct()
                .toList()
                .forEach(pool ->
                        shrink(pool, desired.pool(pool).map(Desired.Pool::count).orElse(0)));
    }

    private void fill(Desired.Pool pool) {
        for (var missing = pool.count() - staying(pool.name()).size(); missing > 0; missing--) {
            var name = Keys.slot(desired.platform(), desired.uid(), pool.name(), suffixes.get());
            slots.add(new Slot(
                    name,
                    pool.name(),
                    pool.role(),
                    State.PLANNED,
                    false,
                    cluster.incarnation(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    /** Those without a machine first, then the youngest. */
    private void shrink(String pool, int count) {
        var staying = new ArrayList<>(staying(pool).reversed());
        staying.sort(Comparator.comparing(slot -> slot.state() != State.PLANNED));
        staying.stream().limit(Math.max(0, staying.size() - count)).forEach(slot -> {
            if (mayRetire(slot)) {
                replace(slot, slot.in(slot.state() == State.PLANNED ? State.DELETING : State.RETIRING));
            }
        });
    }

    private List<Slot> staying(String pool) {
        return slots.stream()
                .filter(slot -> slot.pool().equals(pool) && !LEAVING.contains(slot.state()))
                .toList();
    }

    /** Before Kubernetes stood there is nothing to drain, and nobody to release. */
    private void letReleasedGo() {
        slots.replaceAll(slot -> slot.state() == State.RETIRING
                        && (!cluster.stood() || cluster.released().contains(slot.name()))
                ? slot.in(State.DELETING)
                : slot);
    }

    /** While Kubernetes has not stood, one server slot is marked as the one that begins it. */
    private void nameInit() {
        var bound = cluster.bootstrap().flatMap(bootstrap -> bootstrap.initSlot());
        var chosen = bound.filter(name ->
                        slots.stream().anyMatch(slot -> slot.name().equals(name) && !LEAVING.contains(slot.state())))
                .or(() -> cluster.stood()
                        ? Optional.empty()
                        : slots.stream()
                                .filter(slot -> slot.role() == Role.SERVER && !LEAVING.contains(slot.state()))
                                .filter(slot -> slot.state() != State.FAILED)
                                .map(Slot::name)
                                .findFirst());
        slots.replaceAll(
                slot -> withInit(slot, chosen.filter(slot.name()::equals).isPresent()));
    }

    private static Slot withInit(Slot slot, boolean init) {
        return new Slot(
                slot.name(),
                slot.pool(),
                slot.role(),
                slot.state(),
                init,
                slot.incarnation(),
                slot.serverId(),
                slot.address(),
                slot.trouble());
    }

    private void replace(Slot old, Slot with) {
        slots.set(slots.indexOf(old), with);
    }
}
