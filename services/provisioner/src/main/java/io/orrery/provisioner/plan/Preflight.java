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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** @param steps all of the plan, see {@link DryRun} */
    public static List<Obstacle> obstacles(Scene scene, List<Step> steps, Catalogue catalogue, Room room) {
        return new Preflight(scene, steps, catalogue, room).obstacles();
    }

    /** What has to be known of the cloud's room for it. */
    public static Question question(Desired desired, List<Step> steps) {
        var machines = machines(steps);
        var external = steps.stream()
                .filter(Step.Create.class::isInstance)
                .map(step -> ((Step.Create) step).kind())
                .anyMatch(kind -> kind == Kind.FLOATING_IP || kind == Kind.ROUTER);
        return new Question(
                machines.stream().anyMatch(machine -> machine.zone().isPresent()),
                machines.stream().anyMatch(machine -> machine.disk().isPresent()),
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
        var totals = Demand.of(steps, catalogue, room).entrySet().stream()
                .flatMap(demand -> room.of(demand.getKey()).stream()
                        .filter(allotment -> demand.getValue() > allotment.free())
                        .map(allotment -> shortage(demand.getKey(), demand.getValue(), allotment)));
        return Stream.of(totals, tooManyMembers(), tooLargeVolumes())
                .flatMap(all -> all)
                .map(message -> new Obstacle(Obstacle.QUOTA_SHORT, message));
    }

    private static String shortage(Measure measure, long wanted, Allotment allotment) {
        var free = Math.max(0, allotment.free());
        return "%s: %d more wanted, %d free of %d: %d short"
                .formatted(measure.words(), wanted, free, allotment.most(), wanted - free);
    }

    private Stream<String> tooManyMembers() {
        var most = room.of(Measure.SERVER_GROUP_MEMBERS).map(Allotment::most).orElse(Long.MAX_VALUE);
        return scene.desired().pools().stream()
                .filter(pool -> pool.spread().isPresent() && growing().containsKey(pool.name()))
                .flatMap(pool -> {
                    var members = growing().get(pool.name()) + standing(pool.name());
                    return members <= most
                            ? Stream.empty()
                            : Stream.of("%s: %d wanted in pool %s, at most %d: %d short"
                                    .formatted(
                                            Measure.SERVER_GROUP_MEMBERS.words(),
                                            members,
                                            pool.name(),
                                            most,
                                            members - most));
                });
    }

    /** How many machines are to be made, by pool. */
    private Map<String, Long> growing() {
        return scene.slots().stream()
                .filter(slot -> creates(Keys.server(slot.name())))
                .collect(Collectors.groupingBy(Slot::pool, Collectors.counting()));
    }

    private long standing(String pool) {
        return scene.slots().stream()
                .filter(slot -> slot.pool().equals(pool))
                .filter(slot -> scene.ledger().id(Keys.server(slot.name())).isPresent())
                .count();
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
