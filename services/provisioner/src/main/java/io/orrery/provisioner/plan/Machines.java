package io.orrery.provisioner.plan;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Planner.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the plan that fills the slots: server groups and ports as soon as they can be, servers once there is user-data. */
final class Machines {

    private final Scene scene;
    private final Draft draft;
    private final String network;
    private final String subnet;
    private final String vip;
    private final Members members;

    Machines(Scene scene, Draft draft, String network, String subnet, String vip, Members members) {
        this.scene = scene;
        this.draft = draft;
        this.network = network;
        this.subnet = subnet;
        this.vip = vip;
        this.members = members;
    }

    void plan() {
        for (var pool : scene.desired().pools()) {
            scene.slots().stream()
                    .filter(slot -> slot.pool().equals(pool.name()) && isWanted(slot))
                    .forEach(slot -> fill(
                            slot, slot.design().orElseGet(() -> scene.desired().design(pool))));
        }
    }

    private void fill(Slot slot, Slot.Design design) {
        var group = design.spread()
                .flatMap(policy -> draft.need(
                        Kind.SERVER_GROUP,
                        Keys.serverGroup(slot.pool(), policy),
                        () -> new Blueprint.ServerGroup(policy)));
        var ports = ports(slot, design);
        if (design.spread().isPresent() == group.isPresent()
                && ports.size() == 1 + design.networks().size()) {
            server(slot, design, ports, group);
        }
    }

    private List<String> ports(Slot slot, Slot.Design design) {
        var attached = design.networks();
        var ports = new ArrayList<String>();
        draft.port(Keys.port(slot.name(), 0), ownPort(slot)).map(Thing.Port::id).ifPresent(ports::add);
        for (int index = 1; index <= attached.size(); index++) {
            var blueprint = new Blueprint.Port(
                    attached.get(index - 1), Optional.empty(), Optional.empty(), true, groups(slot), Set.of());
            draft.port(Keys.port(slot.name(), index), blueprint)
                    .map(Thing.Port::id)
                    .ifPresent(ports::add);
        }
        return ports;
    }

    /** A machine keeps the address that it was told of with: its node and etcd are known by it. */
    private Blueprint.Port ownPort(Slot slot) {
        var held = slot.role() == Slot.Role.SERVER && !scene.desired().network().balanced();
        var pairs = held ? Set.of(vip) : Set.<String>of();
        return new Blueprint.Port(network, Optional.of(subnet), slot.address(), true, groups(slot), pairs);
    }

    private Set<String> groups(Slot slot) {
        var groups = new HashSet<>(scene.desired().network().groups());
        groups.add(slot.role() == Slot.Role.SERVER ? members.servers() : members.agents());
        return groups;
    }

    private void server(Slot slot, Slot.Design design, List<String> ports, Optional<String> group) {
        var key = Keys.server(slot.name());
        if (scene.ledger().id(key).isPresent()) {
            draft.server(key, marks(slot)).ifPresent(id -> plug(id, slot, ports));
        } else if (slot.state() == Slot.State.PLANNED) {
            scene.bootstrap()
                    .filter(bootstrap -> bootstrap.incarnation() == slot.incarnation())
                    .flatMap(bootstrap -> userData(bootstrap, slot))
                    .map(data -> new Blueprint.Server(design, ports, group, data, marks(slot)))
                    .ifPresent(blueprint -> draft.create(Kind.SERVER, key, slot.name(), blueprint));
        }
    }

    private Map<String, String> marks(Slot slot) {
        return Map.of(
                "orrery.platform", scene.desired().platform().value(),
                "orrery.uid", scene.desired().uid().toString(),
                "orrery.slot", slot.name());
    }

    /** The init user-data is for one machine only; the others join it. */
    private Optional<Sealed> userData(Bootstrap bootstrap, Slot slot) {
        if (bootstrap.init().isEmpty()) {
            return Optional.of(joining(bootstrap, slot));
        }
        if (!hasFounder(bootstrap)) {
            return Optional.empty();
        }
        return bootstrap.initSlot().filter(slot.name()::equals).isPresent()
                ? bootstrap.init()
                : Optional.of(joining(bootstrap, slot));
    }

    private static Sealed joining(Bootstrap bootstrap, Slot slot) {
        return slot.role() == Slot.Role.SERVER ? bootstrap.server() : bootstrap.agent();
    }

    /**
     * Whether the machine that founds the cluster is there, or will be. Without it nobody else boots: cluster appoints
     * another, of the machines that have not booted yet, and with the next incarnation all others would be for nothing.
     */
    private boolean hasFounder(Bootstrap bootstrap) {
        return scene.slots().stream()
                .filter(slot -> bootstrap.initSlot().filter(slot.name()::equals).isPresent())
                .filter(slot -> slot.incarnation() == bootstrap.incarnation())
                .anyMatch(slot -> switch (slot.state()) {
                    case PLANNED, BUILDING, ACTIVE -> true;
                    case FAILED, RETIRING, DELETING -> false;
                });
    }

    /** A port that was made anew because somebody had deleted the old one. */
    private void plug(String serverId, Slot slot, List<String> ports) {
        if (slot.state() != Slot.State.ACTIVE) {
            return;
        }
        for (int index = 0; index < ports.size(); index++) {
            var key = Keys.port(slot.name(), index);
            scene.observed()
                    .find(Thing.Port.class, ports.get(index))
                    .filter(port -> port.device().isEmpty())
                    .ifPresent(port -> draft.add(new Step.PlugPort(key, serverId, port.id())));
        }
    }

    /** Slots on their way out are left to {@link Demolition}. */
    private static boolean isWanted(Slot slot) {
        return slot.state() != Slot.State.DELETING;
    }
}
