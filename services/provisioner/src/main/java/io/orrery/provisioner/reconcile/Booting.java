package io.orrery.provisioner.reconcile;

import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.reconciler.facts.PlatformFacts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a platform waits for that waits for nothing but machines.
 *
 * @param servers ids of those that boot; none if anything else is under way too
 */
record Booting(Set<String> servers) {

    private static final Set<Slot.State> QUIET = EnumSet.of(Slot.State.BUILDING, Slot.State.ACTIVE);
    private static final Set<Resource.State> OPEN = EnumSet.of(Resource.State.INTENDED, Resource.State.CONDEMNED);

    Booting {
        servers = Set.copyOf(servers);
    }

    static Booting of(PlatformFacts about) {
        var generation = about.platform().map(PlatformStatus::generation);
        return about.infrastructure()
                .filter(status -> generation.equals(Optional.of(status.observedGeneration())))
                .filter(Booting::isAllButMachines)
                .map(status -> new Booting(status.slots().stream()
                        .filter(slot -> slot.state() == Slot.State.BUILDING)
                        .flatMap(slot -> slot.serverId().stream())
                        .collect(Collectors.toSet())))
                .orElse(new Booting(Set.of()));
    }

    private static boolean isAllButMachines(InfrastructureStatus status) {
        return status.foundation().isPresent()
                && status.slots().stream().map(Slot::state).allMatch(QUIET::contains)
                && status.resources().stream().map(Resource::state).noneMatch(OPEN::contains);
    }

    /** Whether all of them still boot. */
    boolean goesOn(Observed observed) {
        return servers.stream().allMatch(id -> observed.find(Thing.Server.class, id)
                .filter(server -> server.status() == Thing.Server.Status.BUILDING)
                .isPresent());
    }
}
