package io.orrery.cluster.model;

import io.orrery.contracts.Slot;
import io.orrery.contracts.platform.Pool;
import io.orrery.contracts.platform.Spec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the cluster is to be made of: the machines, as the provisioner told them, and how each pool's nodes are dressed.
 *
 * @param incarnation machines of a former one do not belong to it
 */
public record Wish(int incarnation, List<Slot> slots, Map<String, Dressing> dressings) {

    public Wish {
        slots = List.copyOf(slots);
        dressings = Map.copyOf(dressings);
    }

    public static Wish of(int incarnation, List<Slot> slots, Spec spec) {
        return new Wish(incarnation, slots, spec.pools().stream().collect(Collectors.toMap(Pool::name, Dressing::of)));
    }

    public Map<String, Slot> slotsByName() {
        return slots.stream().collect(Collectors.toMap(Slot::name, Function.identity(), (first, second) -> first));
    }

    public Optional<Dressing> dressingOf(Slot slot) {
        return Optional.ofNullable(dressings.get(slot.pool()));
    }

    /** Machines that are to go, after their nodes. */
    public List<Slot> retiring() {
        return slots.stream()
                .filter(slot -> slot.state() == Slot.State.RETIRING)
                .toList();
    }

    /** Machines that are to be nodes. */
    public List<Slot> wanted() {
        return slots.stream()
                .filter(slot -> switch (slot.state()) {
                    case PLANNED, BUILDING, ACTIVE, FAILED -> true;
                    case RETIRING, DELETING -> false;
                })
                .toList();
    }

    public boolean isFormer(Slot slot) {
        return slot.incarnation() != 0 && slot.incarnation() < incarnation;
    }
}
