package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.util.Optional;

/**
 * Finds in the lists what the ledger knows by name only: its create was done, though the answer was lost. Of doubles the
 * oldest is taken, and the others are condemned.
 */
public final class Recognition {

    private Recognition() {}

    public static Ledger recognise(Ledger ledger, Observed observed) {
        var recognised = ledger.map(
                line -> line.state() == State.INTENDED && line.id().isEmpty(), line -> find(line, ledger, observed)
                        .map(thing -> line.seen(thing.id()))
                        .orElse(line));
        return condemnDoubles(recognised, observed);
    }

    private static Optional<? extends Thing> find(Resource line, Ledger ledger, Observed observed) {
        return switch (Ledger.kind(line)) {
            case ROUTER_INTERFACE -> plug(ledger, observed);
            case EC2_CREDENTIAL -> SigningKeys.recognise(line, ledger, observed);
            case BUCKET -> Optional.empty();
            default ->
                observed.named(Ledger.kind(line), line.name()).stream()
                        .filter(thing -> ledger.byId(thing.id()).isEmpty())
                        .findFirst();
        };
    }

    /** It has no name: it is known by the router and the subnet that it joins, of which one may be borrowed. */
    private static Optional<Thing.RouterInterface> plug(Ledger ledger, Observed observed) {
        var router = ledger.id(Keys.ROUTER);
        var subnet = ledger.id(Keys.SUBNET);
        return observed.all(Thing.RouterInterface.class)
                .filter(plug -> router.isPresent() || subnet.isPresent())
                .filter(plug -> router.isEmpty() || router.get().equals(plug.routerId()))
                .filter(plug -> subnet.isEmpty() || plug.subnets().contains(subnet.get()))
                .findFirst();
    }

    private static Ledger condemnDoubles(Ledger ledger, Observed observed) {
        var all = ledger;
        for (var line : ledger.living().toList()) {
            if (line.state() != State.PRESENT || !mayDouble(Ledger.kind(line))) {
                continue;
            }
            for (var thing : observed.named(Ledger.kind(line), line.name())) {
                if (all.byId(thing.id()).isEmpty()) {
                    all = all.with(new Resource(
                            line.kind(),
                            line.key() + "/double:" + thing.id(),
                            line.name(),
                            Optional.of(thing.id()),
                            State.CONDEMNED));
                }
            }
        }
        return all;
    }

    private static boolean mayDouble(Kind kind) {
        return kind != Kind.ROUTER_INTERFACE && kind != Kind.BUCKET && kind != Kind.EC2_CREDENTIAL;
    }
}
