package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.model.Desired;
import java.util.List;

/**
 * Replaces machines that are made otherwise than their pool wants them. The new ones come first: an old machine goes only
 * when as many others as the pool wants are ready nodes, and a server only when all other servers are. So a pool is above
 * its count for a while, by one server or by a quarter of its agents, and never below.
 */
final class Roll {

    private static final int PARTS_OF_AGENTS = 4;

    private final Desired desired;
    private final ClusterView cluster;
    private final Roster roster;

    Roll(Desired desired, ClusterView cluster, Roster roster) {
        this.desired = desired;
        this.cluster = cluster;
        this.roster = roster;
    }

    /** What has not run yet, and so has nothing to lose, is exchanged at once. */
    void exchangeIdle() {
        for (var slot : roster.staying()) {
            if (desired.isOutdated(slot) && (slot.state() == State.PLANNED || isBeforeTheFirstNode())) {
                roster.letGo(slot);
            }
        }
    }

    private boolean isBeforeTheFirstNode() {
        return cluster.bootstrap().isPresent() && !cluster.stood();
    }

    /** How many machines the pool may have above its count now. */
    int surge(Desired.Pool pool) {
        if (!cluster.stood() || (pool.role() == Role.SERVER && isAnotherServerPoolAtIt(pool))) {
            return 0;
        }
        return Math.min(outdated(pool).size(), Math.max(0, atOnce(pool) - roster.leaving(pool.name())));
    }

    private boolean isAnotherServerPoolAtIt(Desired.Pool pool) {
        return desired.pools().stream()
                .filter(other -> other.role() == Role.SERVER && !other.name().equals(pool.name()))
                .anyMatch(other -> roster.leaving(other.name()) > 0
                        || roster.staying(other.name()).size() > other.count());
    }

    private static int atOnce(Desired.Pool pool) {
        return pool.role() == Role.SERVER ? 1 : Math.max(1, pool.count() / PARTS_OF_AGENTS);
    }

    void retire(Desired.Pool pool) {
        for (var slot : outdated(pool)) {
            if (roster.leaving(pool.name()) < atOnce(pool) && canBeSpared(slot, pool)) {
                roster.letGo(slot);
            }
        }
    }

    private boolean canBeSpared(Slot slot, Desired.Pool pool) {
        var enough = others(roster.staying(pool.name()), slot).stream()
                        .filter(this::isReady)
                        .count()
                >= pool.count();
        return enough
                && (slot.role() == Role.AGENT
                        || others(roster.staying(Role.SERVER), slot).stream().allMatch(this::isReady));
    }

    private static List<Slot> others(List<Slot> slots, Slot than) {
        return slots.stream().filter(slot -> !slot.equals(than)).toList();
    }

    private boolean isReady(Slot slot) {
        return slot.state() == State.ACTIVE && cluster.ready().contains(slot.name());
    }

    private List<Slot> outdated(Desired.Pool pool) {
        return roster.staying(pool.name()).stream().filter(desired::isOutdated).toList();
    }
}
