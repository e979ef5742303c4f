package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Desired.Net;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with things that are borrowed: told to people, and never put right, as they are not ours. */
public final class Loans {

    private final Net net;
    private final Observed observed;
    private final List<String> wrong = new ArrayList<>();

    private Loans(Net net, Observed observed) {
        this.net = net;
        this.observed = observed;
    }

    /** @return one sentence for each; empty if all is as the platform needs it */
    public static List<String> inspect(Desired desired, Observed observed) {
        var loans = new Loans(desired.network(), observed);
        loans.find(Thing.Network.class, desired.network().network()).ifPresent(loans::network);
        loans.find(Thing.Subnet.class, desired.network().subnet()).ifPresent(loans::subnet);
        loans.find(Thing.Router.class, desired.network().router()).ifPresent(loans::router);
        return loans.wrong;
    }

    private void network(Thing.Network network) {
        if (!network.up()) {
            wrong.add("network " + network.name() + " is switched off");
        }
    }

    private void subnet(Thing.Subnet subnet) {
        if (!subnet.cidr().equals(net.cidr())) {
            wrong.add("subnet " + subnet.name() + " is " + subnet.cidr() + ", and the document says " + net.cidr());
        }
        if (net.network().filter(subnet.networkId()::equals).isEmpty()) {
            wrong.add("subnet " + subnet.name() + " is not one of the borrowed network");
        }
    }

    private void router(Thing.Router router) {
        if (!router.up()) {
            wrong.add("router " + router.name() + " is switched off");
        }
        if (!router.gateway().equals(Optional.of(net.external()))) {
            wrong.add("router " + router.name() + " does not lead to the external network");
        }
        net.subnet()
                .filter(subnet -> observed.all(Thing.RouterInterface.class)
                        .noneMatch(plug -> plug.routerId().equals(router.id())
                                && plug.subnets().contains(subnet)))
                .ifPresent(subnet -> wrong.add("router " + router.name() + " has no interface on subnet " + subnet));
    }

    private <T extends Thing> Optional<T> find(Class<T> type, Optional<String> id) {
        return id.flatMap(it -> observed.find(type, it));
    }
}
