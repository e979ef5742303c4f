package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was done by hand to machines that run. It is told to people, and not put right: that would stop the machine, or
 * take what is on it, and when that may be is not ours to say.
 */
public final class Alterations {

    private final Ledger ledger;
    private final Observed observed;

    private Alterations(Ledger ledger, Observed observed) {
        this.ledger = ledger;
        this.observed = observed;
    }

    /** @return what would have to be done, one for each; empty if all are as they were made */
    public static List<String> inspect(List<Slot> slots, Ledger ledger, Observed observed) {
        var alterations = new Alterations(ledger, observed);
        return slots.stream()
                .filter(slot -> slot.state() == Slot.State.ACTIVE)
                .flatMap(slot -> slot.design().stream().flatMap(design -> alterations.of(slot, design)))
                .toList();
    }

    private Stream<String> of(Slot slot, Slot.Design design) {
        return slot.serverId()
                .flatMap(id -> observed.find(Thing.Server.class, id))
                .map(server -> Stream.of(volume(server, design), flavor(server, design), group(server, slot, design))
                        .flatMap(Optional::stream)
                        .map(words -> words.formatted(slot.name())))
                .orElseGet(Stream::empty);
    }

    /** What was on it is not ours to write off, and a new machine would begin with an empty one. */
    private static Optional<String> volume(Thing.Server server, Slot.Design design) {
        return design.disk().isPresent() && server.volumes().equals(Optional.of(0))
                ? Optional.of("give machine %s its volume back, which somebody has detached (to be deleted on"
                        + " termination), or delete it")
                : Optional.empty();
    }

    /** While Nova waits for a resize to be confirmed it says that the machine is busy; the flavor is another one already. */
    private static Optional<String> flavor(Thing.Server server, Slot.Design design) {
        return server.flavor()
                .filter(flavor -> !flavor.equals(design.flavorId()))
                .map(flavor -> "resize machine %s back to flavor " + design.flavorId() + " from " + flavor
                        + ", which somebody has given it, or delete it");
    }

    /** Nova puts a machine into a group only when it makes it; whoever deletes a group takes all out of it. */
    private Optional<String> group(Thing.Server server, Slot slot, Slot.Design design) {
        return design.spread()
                .flatMap(policy -> ledger.id(Keys.serverGroup(slot.pool(), policy)))
                .flatMap(id -> observed.find(Thing.ServerGroup.class, id))
                .filter(group -> !group.members().contains(server.id()))
                .map(group -> "delete machine %s, which is not in server group " + group.name()
                        + ", so that another one is made in it");
    }
}
