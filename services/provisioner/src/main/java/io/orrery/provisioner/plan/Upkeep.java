package io.orrery.provisioner.plan;

import io.orrery.contracts.platform.Cidr;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Thing;
import java.util.Optional;
import java.util.Set;

/** The part of the plan that brings networks, subnets and routers of ours back to how they were made. */
final class Upkeep {

    private final Scene scene;
    private final Desired.Net net;
    private final Draft draft;

    Upkeep(Scene scene, Draft draft) {
        this.scene = scene;
        this.net = scene.desired().network();
        this.draft = draft;
    }

    void plan() {
        own(Thing.Network.class, Keys.NETWORK)
                .filter(network -> !network.up())
                .ifPresent(network -> draft.add(new Step.SwitchOn(Keys.NETWORK, Kind.NETWORK, network.id())));
        own(Thing.Subnet.class, Keys.SUBNET).ifPresent(this::subnet);
        own(Thing.Router.class, Keys.ROUTER).ifPresent(this::router);
    }

    private void subnet(Thing.Subnet subnet) {
        var gateway = gateway(net);
        if (!subnet.dns().equals(Set.copyOf(net.dns()))) {
            draft.add(new Step.SetNameServers(Keys.SUBNET, subnet.id(), net.dns()));
        }
        if (!subnet.gateway().equals(Optional.of(gateway))) {
            draft.add(new Step.SetDefaultRoute(Keys.SUBNET, subnet.id(), gateway));
        }
        if (!subnet.dhcp()) {
            draft.add(new Step.SwitchDhcpOn(Keys.SUBNET, subnet.id()));
        }
    }

    /** The one that Neutron chose when the subnet was made. */
    static String gateway(Desired.Net net) {
        return Cidr.parse(net.cidr()).first().getHostAddress();
    }

    private void router(Thing.Router router) {
        if (!router.up()) {
            draft.add(new Step.SwitchOn(Keys.ROUTER, Kind.ROUTER, router.id()));
        }
        if (!router.gateway().equals(Optional.of(net.external()))) {
            draft.add(new Step.SetGateway(Keys.ROUTER, router.id(), net.external()));
        }
        if (router.routes() > 0) {
            draft.add(new Step.DropRoutes(Keys.ROUTER, router.id()));
        }
    }

    /** Borrowed things have no line in the ledger. */
    private <T extends Thing> Optional<T> own(Class<T> type, String key) {
        return scene.ledger().id(key).flatMap(id -> scene.observed().find(type, id));
    }
}
