package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.Condition;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.Topics;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.plan.Condemnation;
import io.orrery.provisioner.plan.Demolition;
import io.orrery.provisioner.plan.Recognition;
import io.orrery.provisioner.plan.Scene.Restraint;
import io.orrery.provisioner.plan.Step;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** One pass over a platform that is to be gone, after all later stages have told that theirs is. */
final class Removing {

    private static final Logger LOG = Logger.getLogger(Removing.class);

    private final Workshop workshop;
    private final Facts.Teller teller;
    private final PlatformStatus platform;
    private final Site site;
    private final Memory memory;
    private final boolean keepBucket;

    Removing(Workshop workshop, Facts.Teller teller, PlatformStatus platform, Site site, Memory memory) {
        this.workshop = workshop;
        this.teller = teller;
        this.platform = platform;
        this.site = site;
        this.memory = memory;
        this.keepBucket = platform.document().spec().policy().keepBucket();
    }

    Outcome pass(State found) {
        var rounds = new Rounds(workshop.executor(), site, memory, workshop.clock());
        var end = rounds.run(found, this::plan, state -> {});
        var rest = remaining(end.state().ledger());
        if (rest.isEmpty()) {
            askAgain(end.state().ledger());
            return certify(end.state().ledger());
        }
        tell(end.state(), rest, end.failures());
        return end.failures().stream()
                .map(Done.Failed::why)
                .filter(why -> why.sort() != CloudException.Sort.CONFLICT)
                .max(Comparator.comparing(CloudException::sort))
                .map(CloudException::outcome)
                .orElseGet(() -> new Outcome.Progressing(workshop.settings().soon()));
    }

    private Rounds.Plan plan(State state, Restraint restraint) {
        var recognised = Recognition.recognise(state.ledger(), state.observed());
        var ledger = Condemnation.ofAll(recognised, keepBucket, restraint.doubtful());
        var steps = new ArrayList<>(Demolition.plan(ledger, state.observed(), restraint));
        bucket(ledger, restraint).ifPresent(steps::add);
        if (isBucketToGo(ledger)) {
            steps.removeIf(step -> step.key().equals(Keys.EC2_CREDENTIAL));
        }
        return new Rounds.Plan(state.with(ledger), steps);
    }

    /** The bucket goes last, so that what the machines still write does not bring it back. */
    private Optional<Step> bucket(Ledger ledger, Restraint restraint) {
        return ledger.living(Keys.BUCKET)
                .filter(line ->
                        isBucketToGo(ledger) && remaining(ledger).stream().allMatch(Removing::isOfStorage))
                .map(line -> restraint.going().contains(line.name())
                        ? new Step.AskFor(Keys.BUCKET, Kind.BUCKET, line.name())
                        : new Step.Delete(Keys.BUCKET, Kind.BUCKET, line.name(), line.name()));
    }

    private static boolean isBucketToGo(Ledger ledger) {
        return ledger.living(Keys.BUCKET)
                .filter(line -> line.state() == Resource.State.CONDEMNED)
                .isPresent();
    }

    /** The name alone says enough, where there is one. */
    private static String words(Resource line) {
        return line.name().startsWith("orrery-")
                ? line.name()
                : line.kind() + " " + line.id().orElse(line.name());
    }

    private static boolean isOfStorage(Resource line) {
        return line.key().equals(Keys.BUCKET) || line.key().equals(Keys.EC2_CREDENTIAL);
    }

    /** What has to be gone before the certificate can be told. */
    private List<Resource> remaining(Ledger ledger) {
        return ledger.living()
                .filter(line -> line.state() != Resource.State.BORROWED)
                .filter(line -> !(keepBucket && Ledger.kind(line) == Kind.BUCKET))
                .toList();
    }

    private void tell(State state, List<Resource> rest, List<Done.Failed> failures) {
        var now = workshop.clock().instant();
        var why = failures.stream().map(failure -> failure.why().getMessage()).findFirst();
        var message = "still there: "
                + String.join(
                        ", ",
                        rest.stream().map(Removing::words).distinct().limit(10).toList())
                + why.map(it -> "; " + it).orElse("");
        var slots = state.slots().stream()
                .filter(slot -> rest.stream().anyMatch(line -> Condemnation.isOf(line, slot.name())))
                .map(slot -> slot.in(Slot.State.DELETING))
                .toList();
        teller.tell(Told.status(
                platform,
                Phase.REMOVING,
                List.of(Condition.fails("Removed", failures.isEmpty() ? "Removing" : "Blocked", message, now)
                        .after(conditions())),
                Optional.empty(),
                new State(state.ledger(), slots, state.observed())));
    }

    /** What a former leader has seen gone is asked for once more: the certificate says when. */
    private void askAgain(Ledger ledger) {
        for (var line : ledger.lines()) {
            line.id()
                    .filter(id -> line.state() == Resource.State.ABSENT
                            && memory.goneSince(id).isEmpty())
                    .ifPresent(id -> askAgain(line, id));
        }
    }

    private void askAgain(Resource line, String id) {
        if (Ledger.kind(line) == Kind.BUCKET
                ? site.bucket().filter(Site.Bucket::exists).isPresent()
                : site.cloud().exists(Ledger.kind(line), id)) {
            throw new CloudException(CloudException.Sort.CONFLICT, line.kind() + " " + id + " is there again");
        }
        memory.missed(id, workshop.clock().instant());
    }

    private Outcome certify(Ledger ledger) {
        var now = workshop.clock().instant();
        var entries = ledger.lines().stream()
                .filter(line ->
                        line.state() == Resource.State.ABSENT && line.id().isPresent())
                .map(line -> new Certificate.Entry(
                        line.kind(),
                        line.name(),
                        line.id().get(),
                        memory.goneSince(line.id().get()).orElse(now)))
                .toList();
        var certificate = new Certificate(now, entries, abandoned(ledger));
        file(ledger, certificate);
        teller.tell(Told.removed(
                platform,
                ledger,
                certificate,
                Condition.holds("Removed", "Verified", entries.size() + " resources are verified to be gone", now)));
        teller.forget(Topics.PLATFORMS, platform.platform());
        return new Outcome.Converged();
    }

    private List<String> abandoned(Ledger ledger) {
        var kept = ledger.living(Keys.BUCKET)
                .filter(line -> line.state() == Resource.State.PRESENT || line.state() == Resource.State.BORROWED)
                .map(line -> "bucket " + line.name() + " is kept with all that is in it");
        var left = Stream.of(Stage.values())
                .flatMap(stage -> site.about().of(stage).stream())
                .map(StageStatus::abandoned)
                .flatMap(List::stream);
        var skipped = platform.removal().stream()
                .flatMap(removal -> removal.skip().stream())
                .map(stage -> "what " + stage + " made: by force, it was not waited for");
        return Stream.of(kept.stream(), skipped, left).flatMap(all -> all).toList();
    }

    /** A copy beside the results, where there is a place for it; that there is none does not hold the removal up. */
    private void file(Ledger ledger, Certificate certificate) {
        if (ledger.living(Keys.BUCKET).isEmpty()) {
            return;
        }
        try {
            site.bucket()
                    .ifPresent(bucket -> bucket.put(
                            "orrery/" + platform.platform() + "/" + platform.uid() + "/certificate.json",
                            FactCodec.write(certificate)));
        } catch (CloudException e) {
            LOG.warnf(
                    "the certificate of %s could not be put into its bucket: %s", platform.platform(), e.getMessage());
        }
    }

    private List<Condition> conditions() {
        return site.about()
                .infrastructure()
                .map(InfrastructureStatus::conditions)
                .orElse(List.of());
    }
}
