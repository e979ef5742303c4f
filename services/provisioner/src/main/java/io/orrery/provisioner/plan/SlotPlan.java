package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which slots there are to be: as many as the pools want and made as they want them, with the machines that failed or are
 * outdated on their way out. Agents come and go together; of the servers only one at a time is on its way out, because
 * etcd must keep its quorum.
 */
public final class SlotPlan {

    /**
     * What may be done about machines that fail.
     *
     * @param repairs whether they are replaced at all
     * @param budget how many may be replaced now
     * @param writtenOff slots that a person has given up: replaced whatever else there is to heed
     * @param missed ids of servers of which the cloud has said once that they are not there
     */
    public record Allowance(boolean repairs, int budget, Set<String> writtenOff, Set<String> missed) {

        /** Nothing is replaced. */
        public static final Allowance NONE = new Allowance(false, 0, Set.of(), Set.of());

        public Allowance {
            writtenOff = Set.copyOf(writtenOff);
            missed = Set.copyOf(missed);
        }
    }

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
        BUDGET_SPENT,
        /** The document wants what differs to be told only. */
        NOT_REPAIRED
    }

    private final Desired desired;
    private final ClusterView cluster;
    private final Supplier<String> suffixes;
    private final Roster roster;
    private final Roll roll;

    private SlotPlan(Desired desired, ClusterView cluster, List<Slot> slots, Supplier<String> suffixes) {
        this.desired = desired;
        this.cluster = cluster;
        this.roster = new Roster(cluster, slots);
        this.roll = new Roll(desired, cluster, roster);
        this.suffixes = suffixes;
    }

    /**
     * @param slots as they are now, see {@link Inspection}
     * @param suffixes random endings of new names
     */
    public static Result plan(
            Desired desired, ClusterView cluster, List<Slot> slots, Allowance allowance, Supplier<String> suffixes) {
        return new SlotPlan(desired, cluster, slots, suffixes).plan(allowance);
    }

    private Result plan(Allowance allowance) {
        followIncarnation();
        adopt();
        var losses = new Losses(roster, allowance);
        losses.replace();
        roll.exchangeIdle();
        resize();
        letReleasedGo();
        nameInit();
        return new Result(roster.slots(), losses.replaced(), losses.restraint());
    }

    /** Machines of a former incarnation know secrets that are void; a slot without a machine takes the new one. */
    private void followIncarnation() {
        roster.change(
                slot -> slot.incarnation() < cluster.incarnation() && !Roster.isLeaving(slot),
                slot -> slot.state() == State.PLANNED ? slot.of(cluster.incarnation()) : slot.in(State.DELETING));
    }

    /** A machine of which nobody wrote down what it is made of is taken to be as its pool wants it. */
    private void adopt() {
        roster.change(slot -> slot.design().isEmpty(), slot -> desired.pool(slot.pool())
                .map(pool -> slot.of(desired.design(pool).in(zone(pool))))
                .orElse(slot));
    }

    private void resize() {
        for (var pool : desired.pools()) {
            var wanted = pool.count() + roll.surge(pool);
            fill(pool, wanted);
            shrink(pool.name(), wanted);
            roll.retire(pool);
        }
        roster.staying().stream()
                .map(Slot::pool)
                .filter(pool -> desired.pool(pool).isEmpty())
                .distinct()
                .forEach(pool -> shrink(pool, 0));
    }

    private void fill(Desired.Pool pool, int wanted) {
        for (var missing = wanted - roster.staying(pool.name()).size(); missing > 0; missing--) {
            var name = Keys.slot(desired.platform(), desired.uid(), pool.name(), suffixes.get());
            roster.add(Slot.planned(
                    name,
                    pool.name(),
                    pool.role(),
                    cluster.incarnation(),
                    desired.design(pool).in(zone(pool))));
        }
    }

    /** The one that has the fewest of the pool's machines, so that they are spread evenly. */
    private Optional<String> zone(Desired.Pool pool) {
        return pool.zones().stream().min(Comparator.comparing(zone -> roster.staying(pool.name()).stream()
                .filter(slot -> slot.design().flatMap(Slot.Design::zone).equals(Optional.of(zone)))
                .count()));
    }

    /** Those without a machine first, then those that are outdated, then the youngest. */
    private void shrink(String pool, int wanted) {
        var staying = new ArrayList<>(roster.staying(pool).reversed());
        staying.sort(Comparator.<Slot, Boolean>comparing(slot -> slot.state() != State.PLANNED)
                .thenComparing(slot -> !desired.isOutdated(slot)));
        staying.stream().limit(Math.max(0, staying.size() - wanted)).forEach(roster::letGo);
    }

    /** Before Kubernetes stood there is nothing to drain, and nobody to release. */
    private void letReleasedGo() {
        roster.change(
                slot -> slot.state() == State.RETIRING
                        && (!cluster.stood() || cluster.released().contains(slot.name())),
                slot -> slot.in(State.DELETING));
    }

    /** While Kubernetes has not stood, one server slot is marked as the one that begins it. */
    private void nameInit() {
        var servers = roster.staying(Role.SERVER);
        var bound = cluster.bootstrap().flatMap(bootstrap -> bootstrap.initSlot());
        var chosen = servers.stream()
                .map(Slot::name)
                .filter(name -> bound.filter(name::equals).isPresent())
                .findFirst()
                .or(() -> cluster.stood()
                        ? Optional.empty()
                        : servers.stream()
                                .filter(slot -> slot.state() != State.FAILED)
                                .map(Slot::name)
                                .findFirst());
        roster.change(
                slot -> true,
                slot -> slot.marked(chosen.filter(slot.name()::equals).isPresent()));
    }
}
