package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.plan.SlotPlan.Restraint;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.reconciler.loop.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be said of a platform's infrastructure after a pass, and when it is to be looked at again.
 *
 * @param stood whether it was ready before
 * @param bootstrapped whether there is user-data for the machines
 * @param loans what is wrong with borrowed things
 * @param outdated machines that are still made as a former document wanted them
 * @param suspicious whether something is missed that has to be asked for once more
 * @param obstacles why nothing more is made for now
 * @param leading how the load balancer is, if one is wanted
 * @param drift repairs that are not made, because the document or a pause says so
 */
record Verdict(
        boolean stood,
        Optional<Foundation> foundation,
        List<Slot> slots,
        boolean bootstrapped,
        List<Done.Failed> failures,
        Optional<Restraint> restraint,
        List<Obstacle> obstacles,
        List<String> drift,
        List<String> loans,
        int outdated,
        boolean paused,
        boolean suspicious,
        Optional<Leading> leading) {

    /** Nothing a person could do about these; the next pass most likely finds them gone. */
    private static final Set<Sort> PASSING = EnumSet.of(Sort.BUSY, Sort.UNSURE, Sort.CONFLICT, Sort.NOT_FOUND);

    Phase phase() {
        if (!obstacles.isEmpty()
                || worst().filter(sort -> !PASSING.contains(sort)).isPresent()) {
            return stood ? Phase.DEGRADED : Phase.FAILED;
        }
        if (restraint.isPresent() || leading.filter(Leading::lost).isPresent()) {
            return Phase.DEGRADED;
        }
        if (foundation.isEmpty() || !failures.isEmpty()) {
            return Phase.PROGRESSING;
        }
        if (!drift.isEmpty() || !loans.isEmpty()) {
            return Phase.DEGRADED;
        }
        if (isWhole()) {
            return Phase.READY;
        }
        return bootstrapped ? Phase.PROGRESSING : Phase.WAITING;
    }

    Outcome outcome(Duration soon) {
        var failure = failures.stream().map(Done.Failed::why).max(Comparator.comparing(CloudException::sort));
        if (failure.isPresent()) {
            return failure.get()
                    .retryAfter()
                    .<Outcome>map(Outcome.Progressing::new)
                    .orElseGet(failure.get()::outcome);
        }
        if (suspicious) {
            return new Outcome.Progressing(soon);
        }
        if (!obstacles.isEmpty()) {
            return new Outcome.Waiting(Obstacle.words(obstacles));
        }
        return switch (phase()) {
            case READY -> new Outcome.Converged();
            case WAITING -> new Outcome.Waiting("bootstrap from cluster");
            case DEGRADED -> new Outcome.Waiting("a person or the cloud");
            default -> new Outcome.Progressing(soon);
        };
    }

    List<Condition> conditions(Instant now) {
        var conditions = new ArrayList<Condition>();
        if (!obstacles.isEmpty()) {
            conditions.add(preflight(obstacles, now));
        }
        conditions.add(problem(now));
        conditions.add(
                foundation.isPresent()
                        ? Condition.holds("FoundationReady", "Standing", "network, address and bucket stand", now)
                        : Condition.fails("FoundationReady", "Building", "the foundation is being made", now));
        conditions.add(machines(now));
        leading.ifPresent(balancer -> conditions.add(balancer.condition(now)));
        if (paused) {
            conditions.add(
                    Condition.holds("Paused", "Asked", "nothing is repaired until the platform is resumed", now));
        }
        if (!loans.isEmpty()) {
            conditions.add(Condition.fails("BorrowedFits", "Changed", String.join("; ", loans), now));
        }
        if (!drift.isEmpty()) {
            conditions.add(Condition.holds("Drift", "NotRepaired", "not done: " + String.join("; ", drift), now));
        }
        return conditions;
    }

    /** All obstacles; the first one gives the reason. */
    static Condition preflight(List<Obstacle> obstacles, Instant now) {
        return Condition.fails("Preflight", obstacles.getFirst().reason(), Obstacle.words(obstacles), now);
    }

    private Condition problem(Instant now) {
        return failures.stream()
                .max(Comparator.comparing(failure -> failure.why().sort()))
                .map(failure -> Condition.fails(
                        "CloudWorks",
                        failure.why().reason(),
                        "could not " + failure.step().words() + ": "
                                + failure.why().getMessage(),
                        now))
                .orElseGet(() -> Condition.holds("CloudWorks", "Answering", "the cloud does what it is asked", now));
    }

    private Condition machines(Instant now) {
        var active =
                slots.stream().filter(slot -> slot.state() == Slot.State.ACTIVE).count();
        var message = active + " of " + slots.size() + " machines are active"
                + (outdated == 0 ? "" : ", " + outdated + " are still to be replaced as the document was changed")
                + troubles();
        if (restraint.isPresent()) {
            return Condition.fails("MachinesReady", reason(restraint.get()), message + advice(restraint.get()), now);
        }
        if (areWhole()) {
            return Condition.holds("MachinesReady", "Active", message, now);
        }
        return Condition.fails("MachinesReady", bootstrapped ? "Building" : "WaitingForBootstrap", message, now);
    }

    private String troubles() {
        var troubles = slots.stream()
                .filter(slot -> slot.trouble().isPresent())
                .map(slot -> slot.name() + ": " + slot.trouble().get())
                .toList();
        return troubles.isEmpty() ? "" : "; " + String.join("; ", troubles);
    }

    private static String reason(Restraint restraint) {
        return switch (restraint) {
            case MASS_CHANGE -> "MassChange";
            case BUDGET_SPENT -> "ReplacementBudgetSpent";
            case NOT_REPAIRED -> "NotRepaired";
        };
    }

    private static String advice(Restraint restraint) {
        return switch (restraint) {
            case MASS_CHANGE ->
                "; so many at once look like the cloud's fault: nothing is replaced until they are back, or somebody"
                        + " confirms that they are lost";
            case BUDGET_SPENT -> "; as many as spec.policy.replacementsPerHour allows were replaced within the hour";
            case NOT_REPAIRED -> "; nothing is replaced, as spec.policy.drift is report";
        };
    }

    private boolean isWhole() {
        return areWhole() && leading.stream().allMatch(Leading::leads);
    }

    /** All machines, and what they stand on. */
    private boolean areWhole() {
        return foundation.isPresent()
                && outdated == 0
                && slots.stream().allMatch(slot -> slot.state() == Slot.State.ACTIVE);
    }

    private Optional<Sort> worst() {
        return failures.stream()
                .map(failure -> failure.why().sort())
                .filter(sort -> !PASSING.contains(sort))
                .findFirst();
    }
}
