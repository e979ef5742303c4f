package io.orrery.provisioner.plan;

import io.orrery.contracts.platform.Cidr;
import io.orrery.provisioner.model.Desired.Net;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the platform's addresses get on with the networks that it borrows. Two subnets of one range on a router, on a
 * network or on a machine's cards are refused by Neutron, or worse, not refused. Only what the project sees is compared.
 */
final class Ranges {

    private final Net net;
    private final Ledger ledger;
    private final Observed observed;
    private final Set<Obstacle> obstacles = new LinkedHashSet<>();

    Ranges(Scene scene) {
        this.net = scene.desired().network();
        this.ledger = scene.ledger();
        this.observed = scene.observed();
    }

    Set<Obstacle> obstacles() {
        net.subnet().flatMap(id -> observed.find(Thing.Subnet.class, id)).ifPresent(this::borrowed);
        net.router().ifPresent(this::onRouter);
        if (net.subnet().isEmpty()) {
            net.network().ifPresent(network -> apart(subnetsOf(network), "of the same network"));
        }
        net.attached().forEach(network -> apart(subnetsOf(network), "of a network that the machines are attached to"));
        return obstacles;
    }

    private void borrowed(Thing.Subnet subnet) {
        if (!subnet.cidr().equals(net.cidr())) {
            add("SubnetDiffers", words(subnet) + " has the range " + subnet.cidr() + ", network.cidr is " + net.cidr());
        }
        net.network()
                .filter(network -> !network.equals(subnet.networkId()))
                .ifPresent(network -> add("SubnetDiffers", words(subnet) + " is not on network " + network));
    }

    private void onRouter(String id) {
        observed.find(Thing.Router.class, id)
                .filter(router -> !router.gateway().equals(Optional.of(net.external())))
                .ifPresent(
                        router -> add(
                                "RouterLeadsElsewhere",
                                "router " + router.name()
                                        + " does not lead to the external network, so no floating IP would reach the machines"));
        var plugged = observed.all(Thing.RouterInterface.class)
                .filter(plug -> plug.routerId().equals(id))
                .flatMap(plug -> plug.subnets().stream())
                .flatMap(subnet -> observed.find(Thing.Subnet.class, subnet).stream());
        apart(plugged, "on the same router");
    }

    private Stream<Thing.Subnet> subnetsOf(String network) {
        return observed.all(Thing.Subnet.class)
                .filter(subnet -> subnet.networkId().equals(network));
    }

    private void apart(Stream<Thing.Subnet> others, String where) {
        var own = net.subnet().or(() -> ledger.id(Keys.SUBNET));
        others.filter(other -> own.filter(other.id()::equals).isEmpty())
                .filter(other -> Cidr.parse(net.cidr()).overlaps(Cidr.parse(other.cidr())))
                .forEach(other -> add(
                        "CidrOverlap",
                        net.cidr() + " overlaps with " + other.cidr() + " of " + words(other) + ", " + where));
    }

    private static String words(Thing.Subnet subnet) {
        return "subnet " + (subnet.name().isEmpty() ? subnet.id() : subnet.name() + " (" + subnet.id() + ")");
    }

    private void add(String reason, String message) {
        obstacles.add(new Obstacle(reason, message));
    }
}
