package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says of every slot how its machine is. A machine that is merely not listed is as it was. */
public final class Inspection {

    private final Ledger ledger;
    private final Observed observed;
    private final Map<String, String> rejected;
    private final Duration longestBuild;
    private final Function<String, Instant> buildingSince;
    private final Instant now;

    /**
     * @param rejected slots that Kubernetes gave up on, with the reason
     * @param longestBuild a machine that takes longer is stuck
     * @param buildingSince when a server was first seen building, by its id
     */
    public Inspection(
            Ledger ledger,
            Observed observed,
            Map<String, String> rejected,
            Duration longestBuild,
            Function<String, Instant> buildingSince,
            Instant now) {
        this.ledger = ledger;
        this.observed = observed;
        this.rejected = Map.copyOf(rejected);
        this.longestBuild = longestBuild;
        this.buildingSince = buildingSince;
        this.now = now;
    }

    /** Slots whose machine and ports are gone are left out. */
    public List<Slot> inspect(List<Slot> slots) {
        return slots.stream()
                .filter(slot -> slot.state() != State.DELETING || isStanding(slot))
                .map(this::inspect)
                .toList();
    }

    private boolean isStanding(Slot slot) {
        return ledger.living().anyMatch(line -> Condemnation.isOf(line, slot.name()));
    }

    private Slot inspect(Slot slot) {
        var line = ledger.living(Keys.server(slot.name()));
        var server = line.flatMap(Resource::id).flatMap(id -> observed.find(Thing.Server.class, id));
        if (server.isPresent()) {
            return judged(slot, server.get());
        }
        var vanished = slot.serverId().isPresent() && line.isEmpty();
        return vanished ? with(slot, State.FAILED, Optional.of("the cloud no longer knows the machine")) : slot;
    }

    private Slot judged(Slot slot, Thing.Server server) {
        var known = slot.filled(server.id(), address(slot));
        var reason = Optional.ofNullable(rejected.get(slot.name()));
        if (reason.isPresent()) {
            return with(known, State.FAILED, reason);
        }
        return switch (server.status()) {
            case ACTIVE -> with(known, State.ACTIVE, Optional.empty());
            case BUSY -> known;
            case BUILDING ->
                buildingSince.apply(server.id()).plus(longestBuild).isBefore(now)
                        ? with(known, State.FAILED, Optional.of("still building after " + longestBuild))
                        : with(known, State.BUILDING, Optional.empty());
            case STOPPED -> with(known, State.FAILED, Optional.of("the machine is switched off"));
            case ERROR -> with(known, State.FAILED, Optional.of(server.fault().orElse("the cloud says ERROR")));
            case DELETING -> with(known, State.FAILED, Optional.of("somebody is deleting the machine"));
        };
    }

    /** The one that it was told of with, whatever somebody has made of it since. */
    private Optional<String> address(Slot slot) {
        return slot.address().or(() -> ledger.id(Keys.port(slot.name(), 0))
                .flatMap(id -> observed.find(Thing.Port.class, id))
                .flatMap(port -> port.addresses().values().stream().findFirst()));
    }

    /** Slots on their way out stay on it. */
    private static Slot with(Slot slot, State state, Optional<String> trouble) {
        var leaving = slot.state() == State.RETIRING || slot.state() == State.DELETING;
        return (leaving ? slot : slot.in(state)).with(trouble);
    }
}
