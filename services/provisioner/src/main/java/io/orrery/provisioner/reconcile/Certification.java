package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.ClusterId;
import io.orrery.contracts.Condition;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.Topics;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.plan.Sweep;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The last word on a platform: that all which was ever made for it is gone, and what was left. */
final class Certification {

    /** An S3 service that is away holds the last word up no longer than this. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Facts.Teller teller;
    private final PlatformStatus platform;
    private final Site site;
    private final Memory memory;
    private final Archive archive;
    private final Instant now;

    /** @param now the moment that the certificate is issued */
    Certification(
            Facts.Teller teller, PlatformStatus platform, Site site, Memory memory, Archive archive, Instant now) {
        this.teller = teller;
        this.platform = platform;
        this.site = site;
        this.memory = memory;
        this.archive = archive;
        this.now = now;
    }

    /**
     * Of a bucket that stays with keys that go, the keys go last of all: so this copy alone does not name them.
     *
     * @throws CloudException as long as it is worth to try again
     */
    void fileWhileThereAreKeys(State state) {
        if (site.ownKeys() && !archive.isOpen()) {
            askAgain(state.ledger());
            file(state.ledger(), certificate(state));
        }
    }

    /** @throws CloudException if something is there again, or as long as it is worth to try S3 again */
    Outcome certify(State state) {
        askAgain(state.ledger());
        var certificate = certificate(state);
        var trouble = file(state.ledger(), certificate);
        var message = certificate.entries().size() + " resources are verified to be gone"
                + trouble.map(why -> "; the certificate is not in S3: " + why).orElse("");
        teller.tell(Told.removed(
                platform, state.ledger(), certificate, Condition.holds("Removed", "Verified", message, now)));
        teller.forget(Topics.PLATFORMS, platform.platform());
        return new Outcome.Converged();
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
        memory.missed(id, now);
    }

    private Certificate certificate(State state) {
        var entries = state.ledger().lines().stream()
                .filter(line ->
                        line.state() == Resource.State.ABSENT && line.id().isPresent())
                .map(line -> new Certificate.Entry(
                        line.kind(),
                        line.name(),
                        line.id().get(),
                        memory.goneSince(line.id().get()).orElse(now)))
                .toList();
        return new Certificate(now, entries, abandoned(state));
    }

    private List<String> abandoned(State state) {
        var bucket =
                keptBucket(state.ledger()).map(line -> "bucket " + line.name() + " is kept with all that is in it");
        var marked = Sweep.kept(ClusterId.of(platform.platform(), platform.uid()), state.observed());
        var left = Stream.of(Stage.values())
                .flatMap(stage -> site.about().of(stage).stream())
                .map(StageStatus::abandoned)
                .flatMap(List::stream);
        var skipped = platform.removal().stream()
                .flatMap(removal -> removal.skip().stream())
                .map(stage -> "what " + stage + " made: by force, it was not waited for");
        return Stream.of(bucket.stream(), marked.stream(), skipped, left)
                .flatMap(all -> all)
                .toList();
    }

    private static Optional<Resource> keptBucket(Ledger ledger) {
        return ledger.living(Keys.BUCKET)
                .filter(line -> line.state() == Resource.State.PRESENT || line.state() == Resource.State.BORROWED);
    }

    /**
     * Puts a copy where it outlives the platform: into the archive, if there is one, else beside the results that stay.
     *
     * @return why it is nowhere though it ought to be
     */
    private Optional<String> file(Ledger ledger, Certificate certificate) {
        var content = FactCodec.write(certificate);
        var path = Archive.path(platform.platform(), platform.uid());
        try {
            if (archive.isOpen()) {
                archive.put(path, content);
            } else if (keptBucket(ledger).isPresent()) {
                site.bucket().ifPresent(bucket -> bucket.put(path, content));
            }
            return Optional.empty();
        } catch (CloudException e) {
            if (memory.filingSince(now).plus(PATIENCE).isAfter(now)) {
                throw e;
            }
            return Optional.of(e.getMessage());
        }
    }
}
