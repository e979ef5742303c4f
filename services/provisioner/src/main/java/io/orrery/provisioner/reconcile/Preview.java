package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Change;
import io.orrery.contracts.platform.ChangeClass;
import io.orrery.contracts.platform.Changes;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformWriter;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.plan.ClusterView;
import io.orrery.provisioner.plan.DryRun;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.plan.Resolution;
import io.orrery.provisioner.plan.Resolution.Result.Resolved;
import io.orrery.provisioner.plan.Resolution.Result.Unresolved;
import io.orrery.provisioner.plan.SlotPlan;
import io.orrery.provisioner.plan.Step;
import io.orrery.reconciler.facts.Facts;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What would be done for a document, by the planner that will do it. */
public final class Preview {

    /**
     * What would be done.
     *
     * @param changes in the document
     * @param changeClass the highest of them; empty if nothing changes
     * @param steps on the cloud, in their order
     * @param problems why it would not work; empty if it would
     * @param document with every default
     */
    public record Plan(
            List<Change> changes,
            Optional<ChangeClass> changeClass,
            List<String> steps,
            List<String> problems,
            Map<String, Object> document) {}

    private final Facts facts;
    private final Clouds clouds;
    private final Clock clock;

    public Preview(Facts facts, Clouds clouds, Clock clock) {
        this.facts = facts;
        this.clouds = clouds;
        this.clock = clock;
    }

    public Plan of(Platform document) {
        var former = facts.about(document.name()).platform();
        var changes = former.map(status -> Changes.between(status.document(), document))
                .orElseGet(() -> new Changes(List.of()));
        var tree = PlatformWriter.toTree(document);
        try {
            return steps(document, former, changes, tree);
        } catch (CloudException e) {
            return new Plan(changes.all(), changes.highest(), List.of(), List.of(e.getMessage()), tree);
        }
    }

    private Plan steps(Platform document, Optional<PlatformStatus> former, Changes changes, Map<String, Object> tree) {
        var wanted = document.spec().cloud();
        if (wanted.isEmpty()) {
            return new Plan(changes.all(), changes.highest(), List.of(), List.of(), tree);
        }
        var about = facts.about(document.name());
        var told = about.infrastructure().filter(status -> former.isPresent());
        var cloud = clouds.named(wanted.get().name(), wanted.get().region());
        var now = clock.instant();
        var observed = cloud.observe(now.minus(Settings.USUAL.freshness()));
        var catalogue = cloud.catalogue(now.minus(Settings.USUAL.offers()));
        var vip = told.flatMap(InfrastructureStatus::foundation).map(Foundation::vip);
        var uid = former.map(PlatformStatus::uid).orElseGet(() -> new Uid(new UUID(0, 0)));
        return switch (Resolution.resolve(document, uid, catalogue, observed, vip)) {
            case Unresolved unresolved ->
                new Plan(
                        changes.all(),
                        changes.highest(),
                        List.of(),
                        List.of(Obstacle.words(unresolved.missing())),
                        tree);
            case Resolved resolved -> {
                var numbers = Stream.iterate(1, number -> number + 1).iterator();
                var slots = SlotPlan.plan(
                        resolved.desired(),
                        ClusterView.of(about.cluster()),
                        told.map(InfrastructureStatus::slots).orElse(List.of()),
                        SlotPlan.Allowance.NONE,
                        () -> "new" + numbers.next());
                var ledger =
                        new Ledger(told.map(InfrastructureStatus::resources).orElse(List.of()));
                var steps = DryRun.steps(resolved.desired(), slots.slots(), ledger, observed);
                yield new Plan(
                        changes.all(),
                        changes.highest(),
                        Stream.concat(steps.stream().map(Step::words), bucket(document, ledger))
                                .toList(),
                        List.of(),
                        tree);
            }
        };
    }

    private static Stream<String> bucket(Platform document, Ledger ledger) {
        return ledger.living(Keys.BUCKET).isPresent()
                ? Stream.empty()
                : Stream.of("create bucket " + document.spec().storage().s3().bucket() + ", unless it is there");
    }
}
