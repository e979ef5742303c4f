package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Measure;
import io.orrery.provisioner.model.Room;
import io.orrery.provisioner.model.Room.Allotment;
import io.orrery.provisioner.model.Room.Question;
import io.orrery.provisioner.model.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a cloud will do the whole of a plan, asked before the first thing is made: half a platform costs as much as a
 * whole one, and is of no use. All obstacles are named at once, each shortage with its size.
 */
public final class Preflight {

    private final Scene scene;
    private final List<Step> steps;
    private final Catalogue catalogue;
    private final Room room;

    private Preflight(Scene scene, List<Step> steps, Catalogue catalogue, Room room) {
        this.scene = scene;
        this.steps = steps;
        this.catalogue = catalogue;
        this.room = room;
    }

    /**
     * @param scene with all slots that the steps are about
     * @param steps all of the plan, see {@link DryRun}
     */
    public static List<Obstacle> obstacles(Scene scene, List<Step> steps, Catalogue catalogue, Room room) {
        return new Preflight(scene, steps, catalogue, room).obstacles();
    }

    /** What has to be known of the cloud's room for it. */
    public static Question question(Desired desired, List<Step> steps) {
        var machines = machines(steps);
        var kinds = steps.stream()
                .filter(Step.Create.class::isInstance)
                .map(step -> ((Step.Create) step).kind())
                .collect(Collectors.toSet());
        var external = kinds.contains(Kind.FLOATING_IP) || kinds.contains(Kind.ROUTER);
        return new Question(
                machines.stream().anyMatch(machine -> machine.zone().isPresent()),
                machines.stream().anyMatch(machine -> machine.disk().isPresent()),
                kinds.contains(Kind.LOAD_BALANCER),
                Optional.of(desired.network().external()).filter(id -> external));
    }

    private List<Obstacle> obstacles() {
        var all = new ArrayList<Obstacle>();
        new Fitness(catalogue, room).of(machines(steps)).forEach(all::add);
        if (creates(Keys.VIP)) {
            new Ranges(scene).obstacles().forEach(all::add);
        }
        shortages().forEach(all::add);
        return all;
    }

    private Stream<Obstacle> shortages() {
        var demand = Demand.of(steps, scene.slots(), catalogue, room);
        var shortages = demand.peak().entrySet().stream()
                .flatMap(wanted -> allotment(scene, room, wanted.getKey()).stream()
                        .filter(allotment -> wanted.getValue() > allotment.free())
                        .map(allotment -> shortage(wanted.getKey(), wanted.getValue(), allotment)));
        return Stream.concat(shortages, tooLargeVolumes()).map(message -> new Obstacle(Obstacle.QUOTA_SHORT, message));
    }

    /**
     * How much of it there may be, and is. What is not said by the cloud is known otherwise: what a server group has, from
     * the ledger; how many load balancers there are, from their list.
     */
    public static Optional<Allotment> allotment(Scene scene, Room room, Measure measure) {
        if (measure.equals(Measure.LOAD_BALANCERS)) {
            var there = scene.observed().all(Thing.LoadBalancer.class).count();
            return room.of(measure).map(most -> new Allotment(most.most(), there));
        }
        return scene.desired().pools().stream()
                .map(Desired.Pool::name)
                .filter(pool -> Measure.membersOf(pool).equals(measure))
                .findFirst()
                .map(pool -> room.of(Measure.SERVER_GROUP_MEMBERS)
                        .map(most -> new Allotment(most.most(), standing(scene, pool))))
                .orElseGet(() -> room.of(measure));
    }

    private static long standing(Scene scene, String pool) {
        return scene.slots().stream()
                .filter(slot -> slot.pool().equals(pool))
                .filter(slot -> scene.ledger().id(Keys.server(slot.name())).isPresent())
                .count();
    }

    private static String shortage(Measure measure, long wanted, Allotment allotment) {
        var free = Math.max(0, allotment.free());
        return "%s: %d more wanted, %d free of %d: %d short"
                .formatted(measure.words(), wanted, free, allotment.most(), wanted - free);
    }

    private Stream<String> tooLargeVolumes() {
        var most = room.of(Measure.VOLUME_SIZE).map(Allotment::most).orElse(Long.MAX_VALUE);
        return machines(steps).stream()
                .flatMap(machine -> machine.disk().stream())
                .map(Slot.Disk::gib)
                .filter(size -> size > most)
                .distinct()
                .map(size -> "%s: %d wanted, at most %d: %d short"
                        .formatted(Measure.VOLUME_SIZE.words(), size, most, size - most));
    }

    private boolean creates(String key) {
        return steps.stream()
                .anyMatch(step -> step instanceof Step.Create && step.key().equals(key));
    }

    private static List<Slot.Design> machines(List<Step> steps) {
        return steps.stream()
                .filter(Step.Create.class::isInstance)
                .map(step -> ((Step.Create) step).blueprint())
                .filter(Blueprint.Server.class::isInstance)
                .map(blueprint -> ((Blueprint.Server) blueprint).design())
                .toList();
    }
}
