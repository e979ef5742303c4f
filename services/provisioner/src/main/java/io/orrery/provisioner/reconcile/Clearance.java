package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Room;
import io.orrery.provisioner.plan.Condemnation;
import io.orrery.provisioner.plan.Demand;
import io.orrery.provisioner.plan.DryRun;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.plan.Preflight;
import io.orrery.provisioner.plan.Scene;
import io.orrery.provisioner.plan.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets a pass begin to make things only if the cloud will make all that the plan still lacks. Asked once in a pass, when
 * its first create is due. Repairs and deletions are never held back; nor is, in a platform that stands, the repair of
 * what there is enough of.
 */
final class Clearance {

    /** What the cloud said, and what stands in the way by that. */
    private record Findings(Room room, Catalogue catalogue, List<Obstacle> obstacles) {}

    private final Cloud cloud;
    private final Settings settings;
    private final Clock clock;
    private final boolean stands;
    private final List<Obstacle> unnamed;
    private Optional<Findings> findings = Optional.empty();

    /**
     * @param stands whether the platform's foundation has stood before
     * @param unnamed names of the document that lead to nothing, or to more than one: they are in the way of new machines
     */
    Clearance(Cloud cloud, Settings settings, Clock clock, boolean stands, List<Obstacle> unnamed) {
        this.cloud = cloud;
        this.settings = settings;
        this.clock = clock;
        this.stands = stands;
        this.unnamed = List.copyOf(unnamed);
    }

    /** Those of the steps that may be done now. */
    List<Step> of(Scene scene, List<Step> steps) {
        if (steps.stream().noneMatch(Clearance::isAddition)) {
            return steps;
        }
        if (findings.isEmpty()) {
            findings = Optional.of(look(scene));
        }
        return obstacles().isEmpty()
                ? steps
                : steps.stream().filter(step -> !isHeld(step, scene)).toList();
    }

    /** What stands in the way of what is to be made now, and of what the names are needed for. */
    List<Obstacle> obstacles() {
        return Stream.concat(unnamed.stream(), findings.stream().flatMap(found -> found.obstacles().stream()))
                .toList();
    }

    private Findings look(Scene scene) {
        var all = DryRun.steps(scene.desired(), scene.slots(), scene.ledger(), scene.observed()).stream()
                .filter(Clearance::isAddition) // what a deletion gives back is there only once that is done
                .filter(step -> !scene.restraint().doubtful().contains(step.key()))
                .toList();
        var room = cloud.room(Preflight.question(scene.desired(), all));
        var known = look(scene, all, room, settings.offers());
        return known.obstacles().isEmpty() ? known : look(scene, all, room, settings.freshness());
    }

    private Findings look(Scene scene, List<Step> all, Room room, Duration age) {
        var catalogue = cloud.catalogue(clock.instant().minus(age));
        return new Findings(room, catalogue, Preflight.obstacles(scene, all, catalogue, room));
    }

    private boolean isHeld(Step step, Scene scene) {
        return isAddition(step) && (!stands || isOfNewMachine(step, scene) || isScarce(step, scene));
    }

    private static boolean isAddition(Step step) {
        return step instanceof Step.Create || step instanceof Step.AddRules;
    }

    private static boolean isOfNewMachine(Step step, Scene scene) {
        return (step instanceof Step.Create create && create.kind() == Kind.SERVER_GROUP)
                || scene.slots().stream()
                        .filter(slot -> slot.state() == Slot.State.PLANNED)
                        .anyMatch(slot -> Condemnation.isOf(step.key(), slot.name()));
    }

    private boolean isScarce(Step step, Scene scene) {
        var found = findings.orElseThrow();
        return Demand.of(List.of(step), scene.slots(), found.catalogue(), found.room()).peak().entrySet().stream()
                .anyMatch(demand -> found.room()
                        .of(demand.getKey())
                        .filter(allotment -> demand.getValue() > allotment.free())
                        .isPresent());
    }
}
