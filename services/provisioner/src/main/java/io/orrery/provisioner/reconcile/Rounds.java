package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.plan.Scene.Restraint;
import io.orrery.provisioner.plan.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One pass: plan, tell what is intended, do it, and plan again from what that has left, until nothing more can be done
 * now. What was made is put into the picture as the cloud answered it, so a pass takes one look at the lists only.
 */
final class Rounds {

    /** What to do next, and how things stand once that is decided. */
    record Plan(State state, List<Step> steps) {}

    /** What a pass came to. */
    record End(State state, List<Done.Failed> failures, boolean acted) {}

    private static final int MOST = 32;

    private final Executor executor;
    private final Site site;
    private final Memory memory;
    private final Clock clock;
    private final Set<Step> tried = new HashSet<>();
    private final List<Done.Failed> failures = new ArrayList<>();

    Rounds(Executor executor, Site site, Memory memory, Clock clock) {
        this.executor = executor;
        this.site = site;
        this.memory = memory;
        this.clock = clock;
    }

    /** @param teller is given the state with its intents before the first of them is made */
    End run(State begin, BiFunction<State, Restraint, Plan> planner, Consumer<State> teller) {
        var state = begin;
        for (int round = 0; round < MOST; round++) {
            var plan = planner.apply(state, memory.restraint(clock.instant()));
            var steps = new ArrayList<>(plan.steps());
            steps.removeAll(tried);
            state = plan.state();
            if (steps.isEmpty()) {
                break;
            }
            state = intend(state, steps);
            if (steps.stream().anyMatch(Step.Create.class::isInstance)) {
                teller.accept(state);
            }
            tried.addAll(steps);
            for (var done : executor.apply(steps, site)) {
                state = take(state, done);
            }
            memory.acted(steps, clock.instant());
        }
        return new End(state, failures, !tried.isEmpty());
    }

    private static State intend(State state, List<Step> steps) {
        var ledger = state.ledger();
        for (var step : steps) {
            if (step instanceof Step.Create create
                    && ledger.living(create.key()).isEmpty()) {
                ledger = ledger.with(intended(create));
            }
        }
        return state.with(ledger);
    }

    private static Resource intended(Step.Create create) {
        var line = Resource.intended(create.kind().word(), create.key(), create.name());
        return create.blueprint().secret().map(line::openedBy).orElse(line);
    }

    private State take(State state, Done done) {
        return switch (done) {
            case Done.Well well -> took(state, well);
            case Done.Asked asked -> heard(state, (Step.AskFor) asked.step(), asked.exists());
            case Done.Failed failed -> {
                failures.add(failed);
                if (failed.step() instanceof Step.Create create && failed.why().perhapsDone()) {
                    memory.doubt(create.key(), clock.instant());
                }
                yield state;
            }
        };
    }

    private State took(State state, Done.Well well) {
        var picture =
                well.thing().map(thing -> state.observed().with(List.of(thing))).orElse(state.observed());
        return switch (well.step()) {
            case Step.Create create -> {
                memory.settled(create.key());
                var id = well.thing().map(thing -> thing.id()).orElse(create.name());
                var line = state.ledger().living(create.key()).orElseThrow().seen(id);
                yield new State(state.ledger().with(line), state.slots(), picture);
            }
            case Step.Delete delete -> {
                memory.goes(delete.id(), clock.instant());
                yield delete.kind().lingers() ? state : state.with(without(state, delete.id()));
            }
            case Step.Unplug unplug -> {
                state.ledger().id(unplug.key()).ifPresent(id -> memory.goes(id, clock.instant()));
                yield state.ledger()
                        .id(unplug.key())
                        .map(id -> state.with(without(state, id)))
                        .orElse(state);
            }
            case Step.Probe ignored -> {
                memory.bucketUsed(clock.instant());
                yield state;
            }
            default -> state.with(picture);
        };
    }

    /** Neutron deletes before it answers, so the proof of absence can be asked for in the same pass. */
    private static Observed without(State state, String id) {
        return state.observed().without(List.of(id));
    }

    private State heard(State state, Step.AskFor ask, boolean exists) {
        if (exists) {
            memory.found(ask.id());
            return state;
        }
        if (!memory.missed(ask.id(), clock.instant())) {
            return state;
        }
        memory.settled(ask.key());
        return state.with(state.ledger()
                .map(
                        line -> line.key().equals(ask.key())
                                && line.id().filter(ask.id()::equals).isPresent(),
                        line -> line.in(Resource.State.ABSENT)));
    }
}
