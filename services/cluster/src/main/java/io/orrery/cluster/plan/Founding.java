package io.orrery.cluster.plan;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Slot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a cluster is to be founded, and by which machine. The first machine's user-data holds all keys and works once:
 * if that machine is lost before the cluster was ready, nobody knows what it did with them, and everything begins anew
 * with other keys. After ready it is never used again.
 */
public sealed interface Founding {

    /** All stays as it is. */
    record Keep() implements Founding {}

    /** New secrets. Without {@code first} there is no machine yet that could take them. */
    record Anew(int incarnation, Optional<String> first) implements Founding {}

    /** The secrets that there are get their first machine. */
    record Appoint(String first) implements Founding {}

    static Founding decide(Optional<Bootstrap> former, List<Slot> slots) {
        if (former.isEmpty()) {
            return new Anew(1, first(slots, slot -> true));
        }
        var bootstrap = former.get();
        if (bootstrap.init().isEmpty()) {
            return new Keep();
        }
        if (bootstrap.initSlot().isEmpty()) {
            return first(slots, Founding::isUnused).<Founding>map(Appoint::new).orElseGet(Keep::new);
        }
        var name = bootstrap.initSlot().get();
        var lives = slots.stream().anyMatch(slot -> slot.name().equals(name) && lives(slot));
        return lives ? new Keep() : new Anew(bootstrap.incarnation() + 1, first(slots, Founding::isUnused));
    }

    private static Optional<String> first(List<Slot> slots, Predicate<Slot> condition) {
        return slots.stream()
                .filter(slot -> slot.role() == Slot.Role.SERVER && lives(slot))
                .filter(condition)
                .map(Slot::name)
                .findFirst();
    }

    private static boolean lives(Slot slot) {
        return switch (slot.state()) {
            case PLANNED, BUILDING, ACTIVE -> true;
            case FAILED, RETIRING, DELETING -> false;
        };
    }

    private static boolean isUnused(Slot slot) {
        return slot.state() == Slot.State.PLANNED && slot.serverId().isEmpty();
    }
}
