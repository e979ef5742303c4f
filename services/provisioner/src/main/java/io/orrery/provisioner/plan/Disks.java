package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.Optional;

/**
 * Machines that run without the volume that they were made with. They are told to people, and not put right: what was on
 * it is not ours to write off, and a new machine would begin with an empty one.
 */
public final class Disks {

    private Disks() {}

    /** @return what would have to be done, one for each; empty if nothing is missing */
    public static List<String> inspect(List<Slot> slots, Observed observed) {
        return slots.stream()
                .filter(slot -> slot.state() == Slot.State.ACTIVE)
                .filter(slot -> slot.design().flatMap(Slot.Design::disk).isPresent())
                .filter(slot -> slot.serverId()
                        .flatMap(id -> observed.find(Thing.Server.class, id))
                        .filter(server -> server.volumes().equals(Optional.of(0)))
                        .isPresent())
                .map(slot -> "give machine " + slot.name()
                        + " its volume back, which somebody has detached (to be deleted on termination), or delete it")
                .toList();
    }
}
