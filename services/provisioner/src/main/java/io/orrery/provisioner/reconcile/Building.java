package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Alterations;
import io.orrery.provisioner.plan.Balancing;
import io.orrery.provisioner.plan.Blueprint;
import io.orrery.provisioner.plan.ClusterView;
import io.orrery.provisioner.plan.Condemnation;
import io.orrery.provisioner.plan.Inspection;
import io.orrery.provisioner.plan.Loans;
import io.orrery.provisioner.plan.Planner;
import io.orrery.provisioner.plan.Recognition;
import io.orrery.provisioner.plan.Resolution.Result.Resolved;
import io.orrery.provisioner.plan.Scene;
import io.orrery.provisioner.plan.Scene.Restraint;
import io.orrery.provisioner.plan.SigningKeys;
import io.orrery.provisioner.plan.SlotPlan;
import io.orrery.provisioner.plan.Step;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One pass over a platform that is wanted. */
final class Building {

    private final Workshop workshop;
    private final Facts.Teller teller;
    private final PlatformStatus platform;
    private final Site site;
    private final Memory memory;
    private final Desired desired;
    private final ClusterView cluster;
    private final Optional<InfrastructureStatus> former;
    private final ControllerAccess controllers;
    private final Repairs repairs;
    private final Clearance clearance;
    private Optional<SlotPlan.Restraint> restraint = Optional.empty();
    private final List<String> drift = new ArrayList<>();

    Building(
            Workshop workshop,
            Facts.Teller teller,
            PlatformStatus platform,
            Site site,
            Memory memory,
            Resolved resolved) {
        this.workshop = workshop;
        this.teller = teller;
        this.platform = platform;
        this.site = site;
        this.memory = memory;
        this.desired = resolved.desired();
        this.cluster = ClusterView.of(site.about().cluster());
        this.former = site.about().infrastructure();
        this.controllers = new ControllerAccess(workshop, platform.platform(), site, memory);
        this.repairs = new Repairs(platform, former, workshop.clock().instant());
        this.clearance = new Clearance(
                site.cloud(),
                workshop.settings(),
                workshop.clock(),
                former.flatMap(InfrastructureStatus::foundation).isPresent(),
                resolved.missing());
    }

    Outcome pass(State found) {
        var begin = platform.paused() ? inspected(found) : balanced(slotted(inspected(withBucket(found))));
        var rounds = new Rounds(workshop.executor(), site, memory, workshop.clock());
        var end = rounds.run(begin, this::plan, state -> tell(state, List.of()));
        var last = inspected(end.state());
        return tell(last, controllers.heed(end.failures()));
    }

    private State inspected(State state) {
        var recognised = Recognition.recognise(state.ledger(), state.observed());
        recognised.living().filter(line -> line.id().isPresent()).forEach(line -> memory.settled(line.key()));
        var now = workshop.clock().instant();
        var inspection = new Inspection(
                recognised,
                state.observed(),
                cluster.rejected(),
                workshop.settings().longestBuild(),
                id -> memory.buildingSince(id, now),
                now);
        var slots = inspection.inspect(state.slots()).stream()
                .map(slot -> traced(slot, state.observed()))
                .toList();
        return new State(recognised, slots, state.observed());
    }

    /** With the id of the call that a failed machine failed on, which the cloud's people ask for first. */
    private Slot traced(Slot slot, Observed observed) {
        return slot.serverId()
                .filter(id -> slot.state() == Slot.State.FAILED && isStuck(observed, id))
                .flatMap(id -> memory.request(id, site.cloud()::lastRequest))
                .map(request -> slot.with(slot.trouble().map(trouble -> trouble + " (" + request + ")")))
                .orElse(slot);
    }

    private static boolean isStuck(Observed observed, String serverId) {
        return observed.find(Thing.Server.class, serverId)
                .filter(server ->
                        server.status() == Thing.Server.Status.ERROR || server.status() == Thing.Server.Status.BUILDING)
                .isPresent();
    }

    private State slotted(State state) {
        var result =
                SlotPlan.plan(desired, cluster, state.slots(), repairs.allowance(memory.missed()), workshop.suffixes());
        repairs.made(result.replaced());
        restraint = result.restraint();
        return new State(state.ledger(), result.slots(), state.observed());
    }

    /** A load balancer that has failed is replaced as a machine is; its port stays, and so its address. */
    private State balanced(State state) {
        var loss = Balancing.loss(state.ledger(), state.observed());
        var allowance = repairs.allowance(memory.missed());
        if (loss.isEmpty() || !allowance.repairs() || allowance.budget() == 0) {
            return state;
        }
        repairs.made(1);
        return state.with(state.ledger()
                .map(
                        line -> line.key().equals(Keys.BALANCER) && line.state() == Resource.State.PRESENT,
                        line -> line.in(Resource.State.CONDEMNED)));
    }

    /** A bucket that stands before we have ever meant to make it is somebody's: it is used, and never removed. */
    private State withBucket(State state) {
        if (site.bucket().isEmpty() || state.ledger().living(Keys.BUCKET).isPresent()) {
            return state;
        }
        var bucket = site.bucket().get();
        if (!bucket.exists()) {
            return state;
        }
        return state.with(state.ledger()
                .with(new Resource(
                        Kind.BUCKET.word(),
                        Keys.BUCKET,
                        bucket.name(),
                        Optional.of(bucket.name()),
                        Resource.State.BORROWED)));
    }

    private Rounds.Plan plan(State state, Restraint restrained) {
        var ledger = Condemnation.ofMachines(state.ledger(), state.slots(), restrained.doubtful());
        var scene = new Scene(desired, ledger, state.slots(), state.observed(), cluster.bootstrap(), restrained);
        var steps = new ArrayList<>(Planner.plan(scene));
        site.bucket().ifPresent(bucket -> steps.addAll(bucket(bucket, state)));
        if (site.ownKeys()) {
            SigningKeys.step(ledger, state.observed(), restrained).ifPresent(steps::add);
        }
        if (!repairs.areOn()) {
            return new Rounds.Plan(state.with(ledger), clearance.of(scene, reported(state, steps)));
        }
        controllers.step(state.with(ledger), restrained).ifPresent(steps::add);
        return new Rounds.Plan(state.with(ledger), clearance.of(scene, steps));
    }

    /** A bucket that stands is looked at, and used, from time to time; before it was used the foundation does not stand. */
    private List<Step> bucket(Site.Bucket bucket, State state) {
        var line = state.ledger().living(Keys.BUCKET);
        if (line.flatMap(Resource::id).isEmpty()) {
            return List.of(new Step.Create(Keys.BUCKET, Kind.BUCKET, bucket.name(), new Blueprint.Bucket()));
        }
        return bucketUsed()
                ? List.of()
                : List.of(
                        new Step.AskFor(Keys.BUCKET, Kind.BUCKET, bucket.name()),
                        new Step.Probe(Keys.BUCKET, bucket.name()));
    }

    private boolean bucketUsed() {
        var check = workshop.settings().bucketCheck();
        return memory.bucketUsed().plus(check).isAfter(workshop.clock().instant());
    }

    /** What is looked for, and what is asked of the machines that come and go, is no drift. */
    private List<Step> reported(State state, List<Step> steps) {
        var drifted = steps.stream()
                .filter(step -> !isLook(step) && (platform.paused() || !isOnItsWay(state, step)))
                .toList();
        drift.clear();
        drifted.stream().map(Step::words).forEach(drift::add);
        return steps.stream().filter(step -> !drifted.contains(step)).toList();
    }

    private static boolean isOnItsWay(State state, Step step) {
        return state.slots().stream()
                .filter(slot -> slot.state() == Slot.State.PLANNED || slot.state() == Slot.State.DELETING)
                .anyMatch(slot -> Condemnation.isOf(step.key(), slot.name()));
    }

    private static boolean isLook(Step step) {
        return step instanceof Step.AskFor || step instanceof Step.Probe;
    }

    private Outcome tell(State state, List<Done.Failed> failures) {
        var now = workshop.clock().instant();
        var foundation = foundation(state);
        var verdict = new Verdict(
                former.map(InfrastructureStatus::phase)
                        .filter(phase -> phase == Phase.READY || phase == Phase.DEGRADED)
                        .isPresent(),
                foundation,
                troubled(state.slots(), failures),
                cluster.bootstrap().isPresent(),
                failures,
                restraint,
                clearance.obstacles(),
                Stream.concat(
                                drift.stream(),
                                Alterations.inspect(state.slots(), state.ledger(), state.observed()).stream())
                        .toList(),
                Loans.inspect(desired, state.observed()),
                outdated(state),
                platform.paused(),
                memory.suspects(),
                leading(state));
        teller.tell(Told.status(
                platform,
                verdict.phase(),
                Stream.concat(verdict.conditions(now).stream(), controllers.condition().stream())
                        .map(condition -> condition.after(
                                former.map(InfrastructureStatus::conditions).orElse(List.of())))
                        .toList(),
                foundation,
                new State(state.ledger(), verdict.slots(), state.observed()),
                repairs.upkeep(
                        verdict.phase(),
                        site.cloud().project(),
                        desired.network().external())));
        return verdict.outcome(workshop.settings().soon());
    }

    private Optional<Leading> leading(State state) {
        return desired.network().balanced() ? Optional.of(Leading.of(state)) : Optional.empty();
    }

    private int outdated(State state) {
        return (int) state.slots().stream().filter(desired::isOutdated).count();
    }

    /** Once told, a foundation stays told: that a part of it is not listed for a moment is nobody else's concern. */
    private Optional<Foundation> foundation(State state) {
        return new Survey(desired, state)
                .foundation(site.bucket(), () -> workshop.seal(site), () -> controllers.sealed(state))
                .filter(all -> !site.waitsForKeys() && controllers.isSettled(state))
                .filter(all -> site.bucket().isEmpty() || bucketUsed())
                .or(() -> former.flatMap(InfrastructureStatus::foundation));
    }

    private static List<Slot> troubled(List<Slot> slots, List<Done.Failed> failures) {
        return slots.stream()
                .map(slot -> failures.stream()
                        .filter(failure -> failure.step().key().equals(Keys.server(slot.name())))
                        .findFirst()
                        .map(failure -> slot.with(Optional.of(failure.why().getMessage())))
                        .orElse(slot))
                .toList();
    }
}
