package io.orrery.provisioner.plan;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the names of a document led when the platform was made, as far as what was told and what is seen still say. A
 * platform that stands goes by it where a name leads nowhere any more, or to more than one.
 */
public final class Recall {

    /** Of a platform that does not stand: no name can be done without. */
    public static final Recall NONE = new Recall(
            Optional.empty(), List.of(), Ledger.EMPTY, Optional.empty(), Observed.of(Instant.EPOCH, List.of()));

    private final Optional<Foundation> foundation;
    private final List<Slot> slots;
    private final Ledger ledger;
    private final Optional<String> external;
    private final Observed observed;

    private Recall(
            Optional<Foundation> foundation,
            List<Slot> slots,
            Ledger ledger,
            Optional<String> external,
            Observed observed) {
        this.foundation = foundation;
        this.slots = slots;
        this.ledger = ledger;
        this.external = external;
        this.observed = observed;
    }

    public static Recall of(Optional<InfrastructureStatus> told, Observed observed) {
        return told.filter(status -> status.foundation().isPresent())
                .map(status -> new Recall(
                        status.foundation(),
                        status.slots(),
                        new Ledger(status.resources()),
                        status.upkeep().external(),
                        observed))
                .orElse(NONE);
    }

    /** Whether the pool can be left out for now: it is new in a platform that stands. */
    boolean canDoWithout(String pool) {
        return foundation.isPresent()
                && slots.stream().noneMatch(slot -> slot.pool().equals(pool));
    }

    Optional<String> flavor(String pool) {
        return youngest(pool).map(Slot.Design::flavorId);
    }

    Optional<String> image(String pool) {
        return youngest(pool).map(Slot.Design::imageId);
    }

    /** By which they were called. */
    Optional<String> words(String pool) {
        return youngest(pool).flatMap(Slot.Design::words);
    }

    private Optional<Slot.Design> youngest(String pool) {
        return slots.stream()
                .filter(slot -> slot.pool().equals(pool))
                .flatMap(slot -> slot.design().stream())
                .reduce((older, younger) -> younger);
    }

    Optional<String> network() {
        return foundation.map(Foundation::networkId);
    }

    Optional<String> subnet() {
        return foundation.map(Foundation::subnetId);
    }

    /** The one that is plugged into the subnet. */
    Optional<String> router() {
        return subnet().flatMap(subnet -> observed.all(Thing.RouterInterface.class)
                .filter(plug -> plug.subnets().contains(subnet))
                .map(Thing.RouterInterface::routerId)
                .findFirst());
    }

    /** As it was told; by a status that is older than that, where the router leads. */
    Optional<String> external() {
        return external.or(() -> ledger.id(Keys.ROUTER)
                .or(this::router)
                .flatMap(id -> observed.find(Thing.Router.class, id))
                .flatMap(Thing.Router::gateway));
    }

    Optional<List<String>> attached() {
        return foundation.map(Foundation::attachedNetworks);
    }

    /** What all ports of the machines have beside the groups that are ours. */
    Optional<List<String>> groups() {
        if (foundation.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ledger
                .living()
                .filter(line -> line.key().startsWith("port:"))
                .flatMap(line -> line.id().stream())
                .flatMap(id -> observed.find(Thing.Port.class, id).stream())
                .map(Thing.Port::groups)
                .reduce(Recall::inBoth)
                .orElse(Set.of())
                .stream()
                .filter(group -> ledger.byId(group).filter(Planner::isOurs).isEmpty())
                .sorted()
                .toList());
    }

    private static Set<String> inBoth(Set<String> some, Set<String> others) {
        var both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }

    /** One that is gone cannot be led anywhere: its address stands for it. */
    Optional<String> floatingIp() {
        return foundation.map(Foundation::apiAddress).map(address -> observed.all(Thing.FloatingIp.class)
                .filter(ip -> ip.address().equals(address))
                .map(Thing.FloatingIp::id)
                .findFirst()
                .orElse(address));
    }
}
