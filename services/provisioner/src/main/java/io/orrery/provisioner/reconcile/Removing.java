package io.orrery.provisioner.reconcile;

import io.orrery.contracts.ClusterId;
import io.orrery.contracts.Condition;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.plan.Condemnation;
import io.orrery.provisioner.plan.Demolition;
import io.orrery.provisioner.plan.Holders;
import io.orrery.provisioner.plan.Recognition;
import io.orrery.provisioner.plan.Scene.Restraint;
import io.orrery.provisioner.plan.Step;
import io.orrery.provisioner.plan.Sweep;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One pass over a platform that is to be gone, after all later stages have told that theirs is. */
final class Removing {

    /** Of what is still there, and of what holds it, so much is named. */
    private static final int NAMED = 10;

    private final Workshop workshop;
    private final Facts.Teller teller;
    private final PlatformStatus platform;
    private final Site site;
    private final Memory memory;
    private final Certification certification;
    private final boolean keepBucket;
    private boolean keysMayGo;

    Removing(
            Workshop workshop,
            Facts.Teller teller,
            PlatformStatus platform,
            Site site,
            Memory memory,
            Certification certification) {
        this.workshop = workshop;
        this.teller = teller;
        this.platform = platform;
        this.site = site;
        this.memory = memory;
        this.certification = certification;
        this.keepBucket = platform.document().spec().policy().keepBucket();
    }

    Outcome pass(State found) {
        var begin = swept(found);
        keysMayGo = remaining(begin.ledger()).stream().allMatch(Removing::isKeys);
        if (keysMayGo) {
            certification.fileWhileThereAreKeys(begin);
        }
        var rounds = new Rounds(workshop.executor(), site, memory, workshop.clock());
        var end = rounds.run(begin, this::plan, state -> {});
        var rest = remaining(end.state().ledger());
        if (rest.isEmpty()) {
            return certified(end.state());
        }
        var blocked = blocked(end);
        tell(end.state(), end.failures().isEmpty() ? "Removing" : "Blocked", message(rest, blocked, end.failures()));
        return outcome(end.failures(), blocked);
    }

    private Outcome certified(State state) {
        try {
            return certification.certify(state);
        } catch (CloudException e) {
            tell(state, e.reason(), "all is gone, but it cannot be certified: " + e.getMessage());
            return e.outcome();
        }
    }

    /** What Kubernetes left is in the ledger, and told, before it is touched: the certificate is to name it. */
    private State swept(State found) {
        var cluster = ClusterId.of(platform.platform(), platform.uid());
        var swept = found.with(Sweep.condemn(cluster, found.ledger(), found.observed()));
        if (!swept.ledger().equals(found.ledger())) {
            tell(swept, "Removing", message(remaining(swept.ledger()), List.of(), List.of()));
        }
        return swept;
    }

    private Rounds.Plan plan(State state, Restraint restraint) {
        var recognised = Recognition.recognise(state.ledger(), state.observed());
        var ledger = Condemnation.ofAll(recognised, keepBucket, restraint.doubtful());
        var steps = new ArrayList<>(Demolition.plan(ledger, state.observed(), restraint));
        bucket(ledger, restraint).ifPresent(steps::add);
        if (!keysMayGo) {
            steps.removeIf(step -> step.key().equals(Keys.EC2_CREDENTIAL));
        }
        return new Rounds.Plan(state.with(ledger), steps);
    }

    /** The bucket goes last but for its keys, so that what the machines still write does not bring it back. */
    private Optional<Step> bucket(Ledger ledger, Restraint restraint) {
        return ledger.living(Keys.BUCKET)
                .filter(line -> line.state() == Resource.State.CONDEMNED)
                .filter(line -> remaining(ledger).stream().allMatch(other -> other.equals(line) || isKeys(other)))
                .map(line -> restraint.going().contains(line.name())
                        ? new Step.AskFor(Keys.BUCKET, Kind.BUCKET, line.name())
                        : new Step.Delete(Keys.BUCKET, Kind.BUCKET, line.name(), line.name()));
    }

    private static boolean isKeys(Resource line) {
        return line.key().equals(Keys.EC2_CREDENTIAL);
    }

    /** What has to be gone before the certificate can be told. */
    private List<Resource> remaining(Ledger ledger) {
        return ledger.living()
                .filter(line -> line.state() != Resource.State.BORROWED)
                .filter(line -> !(keepBucket && Ledger.kind(line) == Kind.BUCKET))
                .toList();
    }

    /** Which of our things are held, and by what of others. */
    private static List<String> blocked(Rounds.End end) {
        var holders = new Holders(end.state().ledger(), end.state().observed());
        return end.failures().stream()
                .filter(Removing::isHeld)
                .flatMap(failure -> end.state().ledger().living(failure.step().key()).stream())
                .flatMap(line -> line.id().map(holders::of).stream()
                        .filter(held -> !held.isEmpty())
                        .map(held -> words(line) + " is held by "
                                + held.stream().limit(NAMED).collect(Collectors.joining(", "))))
                .toList();
    }

    private static boolean isHeld(Done.Failed failure) {
        return failure.why().sort() == CloudException.Sort.CONFLICT;
    }

    private static String message(List<Resource> rest, List<String> blocked, List<Done.Failed> failures) {
        var still = rest.stream().map(Removing::words).distinct().limit(NAMED).collect(Collectors.joining(", "));
        var why = failures.stream().map(failure -> failure.why().getMessage()).limit(1);
        return Stream.of(Stream.of("still there: " + still), blocked.stream(), why)
                .flatMap(all -> all)
                .collect(Collectors.joining("; "));
    }

    /** The name alone says enough, where there is one. */
    private static String words(Resource line) {
        return line.name().startsWith("orrery-")
                ? line.name()
                : line.kind() + " " + line.id().orElse(line.name());
    }

    /** What is held by others is asked for ever more seldom; what holds each other for a moment, soon. */
    private Outcome outcome(List<Done.Failed> failures, List<String> blocked) {
        return failures.stream()
                .filter(failure -> !isHeld(failure))
                .map(Done.Failed::why)
                .max(Comparator.comparing(CloudException::sort))
                .map(CloudException::outcome)
                .or(() -> blocked.stream().findFirst().map(why -> new Outcome.Failed("Blocked", why)))
                .orElseGet(() -> new Outcome.Progressing(workshop.settings().soon()));
    }

    private void tell(State state, String reason, String message) {
        var living = state.ledger().living().toList();
        var slots = state.slots().stream()
                .filter(slot -> living.stream().anyMatch(line -> Condemnation.isOf(line, slot.name())))
                .map(slot -> slot.in(Slot.State.DELETING))
                .toList();
        var former = site.about().infrastructure();
        var condition =
                Condition.fails("Removed", reason, message, workshop.clock().instant());
        teller.tell(Told.status(
                platform,
                Phase.REMOVING,
                List.of(condition.after(
                        former.map(InfrastructureStatus::conditions).orElse(List.of()))),
                Optional.empty(),
                new State(state.ledger(), slots, state.observed()),
                former.map(InfrastructureStatus::upkeep).orElse(InfrastructureStatus.Upkeep.NONE)));
    }
}
