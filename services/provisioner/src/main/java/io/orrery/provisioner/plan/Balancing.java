package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Balance;
import io.orrery.provisioner.model.Balance.Listener;
import io.orrery.provisioner.model.Balance.Monitor;
import io.orrery.provisioner.model.Balance.Pool;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.model.Thing.LoadBalancer;
import io.orrery.provisioner.model.Thing.LoadBalancer.Provisioning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of the plan that leads the API server's address to the servers by a load balancer: made in one call with all
 * that hangs on it, and then brought right by one change after the other, as it takes no two at once.
 */
public final class Balancing {

    private final Scene scene;
    private final Draft draft;
    private final String subnet;

    Balancing(Scene scene, Draft draft, String subnet) {
        this.scene = scene;
        this.draft = draft;
        this.subnet = subnet;
    }

    /** Before a server has an address there is nothing to lead to. */
    void plan(String portId) {
        var servers = servers();
        if (servers.isEmpty() && scene.ledger().living(Keys.BALANCER).isEmpty()) {
            return;
        }
        var entrances = Entrance.of(scene.desired(), servers);
        draft.need(Kind.LOAD_BALANCER, Keys.BALANCER, () -> new Blueprint.LoadBalancer(portId, entrances))
                .flatMap(id -> scene.observed().find(LoadBalancer.class, id))
                .filter(balancer -> balancer.status() == Provisioning.ACTIVE)
                .ifPresent(balancer -> mend(balancer, entrances));
    }

    /** Addresses of those that are to stay: one that is on its way out is given nothing more to do. */
    private Set<String> servers() {
        return scene.slots().stream()
                .filter(slot -> slot.role() == Slot.Role.SERVER && !Roster.isLeaving(slot))
                .flatMap(slot -> scene.ledger().id(Keys.port(slot.name(), 0)).stream())
                .flatMap(id -> scene.observed().find(Thing.Port.class, id).stream())
                .flatMap(port -> Optional.ofNullable(port.addresses().get(subnet)).stream())
                .collect(Collectors.toSet());
    }

    private void mend(LoadBalancer balancer, List<Entrance> entrances) {
        if (!balancer.up()) {
            draft.add(new Step.SwitchOn(Keys.BALANCER, Kind.LOAD_BALANCER, balancer.id()));
            return;
        }
        mending(balancer, entrances)
                .ifPresent(mending -> draft.add(new Step.MendBalancer(Keys.BALANCER, balancer, mending)));
    }

    private static Optional<Mending> mending(LoadBalancer balancer, List<Entrance> entrances) {
        return entrances.stream()
                .flatMap(entrance -> mending(balancer, entrance).stream())
                .findFirst();
    }

    private static Optional<Mending> mending(LoadBalancer balancer, Entrance entrance) {
        var name = entrance.pool(balancer.name());
        return balancer.pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .map(pool -> ofPool(pool, entrance).or(() -> ofListener(balancer, pool.id(), entrance)))
                .orElseGet(() -> Optional.of(new Mending.AddPool(name)));
    }

    private static Optional<Mending> ofPool(Pool pool, Entrance entrance) {
        if (!pool.members().equals(entrance.members())) {
            return Optional.of(new Mending.SetMembers(pool.id(), entrance.members()));
        }
        if (!pool.up()) {
            return Optional.of(new Mending.SwitchPoolOn(pool.id()));
        }
        return pool.monitor().map(Monitor::check).equals(Optional.of(Entrance.CHECK))
                ? Optional.empty()
                : Optional.of(new Mending.Monitor(pool.id(), pool.monitor().map(Monitor::id)));
    }

    private static Optional<Mending> ofListener(LoadBalancer balancer, String poolId, Entrance entrance) {
        var listener = balancer.listeners().stream()
                .filter(it -> it.port() == entrance.port())
                .findFirst();
        var right = listener.filter(it ->
                it.up() && it.sources().equals(entrance.sources()) && it.pool().equals(Optional.of(poolId)));
        return right.isPresent()
                ? Optional.empty()
                : Optional.of(new Mending.Listener(entrance, poolId, listener.map(Listener::id)));
    }

    /** A new one, as Octavia begins to make it. What hangs on it is known by its ids only once it is listed. */
    public static LoadBalancer made(String id, String name, Blueprint.LoadBalancer blueprint) {
        var pools = blueprint.entrances().stream()
                .map(entrance -> new Pool(
                        entrance.pool(id),
                        entrance.pool(name),
                        true,
                        entrance.members(),
                        Optional.of(new Monitor(id, Entrance.CHECK))))
                .toList();
        var listeners = blueprint.entrances().stream()
                .map(entrance ->
                        new Listener(id, entrance.port(), entrance.sources(), true, Optional.of(entrance.pool(id))))
                .toList();
        return new LoadBalancer(
                id, name, Instant.MAX, Provisioning.PENDING, true, blueprint.portId(), listeners, pools);
    }

    /**
     * Why the balancer is of no use any more and has to be made anew: it has failed, or leads from a port that is not ours
     * any more. Empty where there is none, or none to complain of.
     */
    public static Optional<String> loss(Ledger ledger, Observed observed) {
        return standing(ledger, observed).flatMap(balancer -> {
            if (balancer.status() == Provisioning.ERROR) {
                return Optional.of("the cloud says ERROR of load balancer " + balancer.id());
            }
            return ledger.id(Keys.VIP)
                    .filter(port -> !port.equals(balancer.port()))
                    .map(port -> "load balancer " + balancer.id() + " has lost its port");
        });
    }

    /** Whether a server gets something to do from a balancer that may yet be told otherwise. */
    static boolean leadsTo(Resource server, Ledger ledger, Observed observed) {
        var slot = server.key().replaceFirst("^server:", "");
        var addresses = ledger.id(Keys.port(slot, 0))
                .flatMap(id -> observed.find(Thing.Port.class, id))
                .map(port -> port.addresses().values())
                .orElse(List.of());
        return standing(ledger, observed).filter(balancer -> balancer.status() != Provisioning.ERROR).stream()
                .flatMap(balancer -> balancer.pools().stream())
                .flatMap(pool -> pool.members().stream())
                .map(Balance.Member::address)
                .anyMatch(addresses::contains);
    }

    /** The one that is in use, if it is seen. */
    public static Optional<LoadBalancer> standing(Ledger ledger, Observed observed) {
        return ledger.living(Keys.BALANCER)
                .filter(line -> line.state() == Resource.State.PRESENT)
                .flatMap(Resource::id)
                .flatMap(id -> observed.find(LoadBalancer.class, id));
    }
}
