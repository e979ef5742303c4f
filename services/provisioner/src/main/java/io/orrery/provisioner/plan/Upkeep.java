package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Thing;
import java.util.Optional;
import java.util.Set;

/** The part of the plan that brings networks, subnets and routers of ours back to how they were made. */
final class Upkeep {

    private final Scene scene;
    private final Draft draft;

    Upkeep(Scene scene, Draft draft) {
        this.scene = scene;
        this.draft = draft;
    }

    void plan() {
        var net = scene.desired().network();
        own(Thing.Network.class, Keys.NETWORK)
                .filter(network -> !network.up())
                .ifPresent(network -> draft.add(new Step.SwitchOn(Keys.NETWORK, Kind.NETWORK, network.id())));
        own(Thing.Subnet.class, Keys.SUBNET)
                .filter(subnet -> !subnet.dns().equals(Set.copyOf(net.dns())))
                .ifPresent(subnet -> draft.add(new Step.SetNameServers(Keys.SUBNET, subnet.id(), net.dns())));
        own(Thing.Router.class, Keys.ROUTER).ifPresent(router -> {
            if (!router.up()) {
                draft.add(new Step.SwitchOn(Keys.ROUTER, Kind.ROUTER, router.id()));
            }
            if (!router.gateway().equals(Optional.of(net.external()))) {
                draft.add(new Step.SetGateway(Keys.ROUTER, router.id(), net.external()));
            }
        });
    }

    /** Borrowed things have no line in the ledger. */
    private <T extends Thing> Optional<T> own(Class<T> type, String key) {
        return scene.ledger().id(key).flatMap(id -> scene.observed().find(type, id));
    }
}
