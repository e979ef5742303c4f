package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.platform.Policy;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sparkdeployer.model.Catalogue;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Probe;
import io.orrery.sparkdeployer.plan.KeptCatalogue;
import io.orrery.sparkdeployer.plan.Manifests;
import io.orrery.sparkdeployer.plan.Planner;
import io.orrery.sparkdeployer.plan.Prerequisites;
import io.orrery.sparkdeployer.plan.Releases;
import io.orrery.sparkdeployer.plan.Step;
import io.orrery.sparkdeployer.plan.Verdict;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import io.orrery.sparkdeployer.reconcile.Cluster.ConflictException;
import io.orrery.sparkdeployer.reconcile.Cluster.RefusedException;
import io.orrery.sparkdeployer.reconcile.Cluster.UnreachableException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings openEO up in a platform's cluster, and keeps it as the document says. */
final class Deployment {

    static final String PREREQUISITES = "PrerequisitesMet";
    static final String REACHABLE = "ClusterReachable";
    static final String APPLIED = "ManifestsApplied";

    /** A trouble that a person or another program has to end is looked at less often than what is under way. */
    private static final int SELDOM = 10;

    private static final int NAMED = 3;

    private final Facts.Teller teller;
    private final Clusters clusters;
    private final Wishes wishes;
    private final Executor executor;
    private final Proof proof;
    private final Settings settings;
    private final Clock clock;

    Deployment(
            Facts.Teller teller, Clusters clusters, Wishes wishes, Executor executor, Settings settings, Clock clock) {
        this.teller = teller;
        this.clusters = clusters;
        this.wishes = wishes;
        this.executor = executor;
        this.proof = new Proof(clock);
        this.settings = settings;
        this.clock = clock;
    }

    Outcome deploy(PlatformFacts facts, PlatformStatus platform) throws InterruptedException {
        var report = new Report(facts, platform.uid(), platform.generation(), clock);
        var missing = Prerequisites.missing(facts, platform, report.begun());
        if (!missing.isEmpty()) {
            var awaited = String.join(", ", missing);
            report.fails(PREREQUISITES, "Waiting", "openEO waits for " + awaited)
                    .unproven();
            teller.tell(report.status(Phase.WAITING));
            return new Outcome.Waiting(awaited);
        }
        report.holds(PREREQUISITES, "Met", "cluster, job registry and bucket are there");
        try {
            var cluster = clusters.open(
                    facts.name(),
                    platform.uid(),
                    facts.cluster().flatMap(ClusterStatus::access).orElseThrow());
            var desired = wishes.gather(facts, platform, source -> kept(cluster, platform, source));
            return deploy(facts, platform, desired, cluster, report);
        } catch (UnfitException e) {
            return failed(report, e.type(), e.reason(), e.getMessage());
        } catch (UnreachableException e) {
            failed(report, REACHABLE, "Unreachable", e.getMessage());
            return new Outcome.Unreachable(e.getMessage());
        } catch (Sealer.SealException e) {
            return failed(report, Wishes.CREDENTIALS, "SealBroken", e.getMessage());
        } catch (RefusedException | ConflictException e) {
            return failed(report, APPLIED, "Refused", e.getMessage());
        } catch (ClusterException e) {
            throw new IllegalStateException("there is no other kind", e);
        }
    }

    private Outcome deploy(
            PlatformFacts facts, PlatformStatus platform, Desired desired, Cluster cluster, Report report)
            throws ClusterException {
        report.holds(CatalogueShelf.CONDITION, "Valid", said(desired.catalogue()));
        begin(desired, report);
        var observed = cluster.observe(
                new Cluster.Scope(platform.uid(), desired.jobs(), desired.operator(), Manifests.keys(desired)));
        var manifests = Manifests.of(desired, observed.storage());
        report.holds(REACHABLE, "Reached", "the Kubernetes API answers");
        var steps = Planner.plan(manifests, observed);
        var held = isHeld(platform, report);
        var done = held
                ? new Executor.Done(0, Optional.empty(), List.of())
                : executor.execute(cluster, steps, facts, platform.uid());
        applied(report, steps, held, done);
        return judge(
                platform,
                desired,
                manifests,
                observed,
                done,
                proof.seek(cluster, observed, manifests, desired),
                report);
    }

    private static Optional<String> kept(Cluster cluster, PlatformStatus platform, String source)
            throws ClusterException {
        var jobs = platform.document().spec().spark().jobs().namespace();
        return cluster.find(KeptCatalogue.key(jobs)).flatMap(map -> KeptCatalogue.text(map, platform.uid(), source));
    }

    /** Told, with its acknowledgement, before the first side effect: removal then knows that there may be something. */
    private void begin(Desired desired, Report report) {
        if (!report.begun()) {
            report.releases(Releases.intended(desired))
                    .fails(APPLIED, "Applying", "is about to put the first objects into the cluster");
            teller.tell(report.status(Phase.PROGRESSING));
        }
    }

    /** Paused, or told to report drift only: then only a changed document is acted on. */
    private static boolean isHeld(PlatformStatus platform, Report report) {
        var settled = report.wasUp() && report.former().orElseThrow().observedGeneration() == platform.generation();
        return platform.paused()
                || (settled && platform.document().spec().policy().drift() == Policy.Drift.REPORT);
    }

    private static void applied(Report report, List<Step> steps, boolean held, Executor.Done done) {
        if (!done.refused().isEmpty()) {
            report.fails(
                    APPLIED,
                    "Conflict",
                    "there are objects of others under names that openEO needs, and they are left as they are: "
                            + named(done.refused()));
        } else if (held && !steps.isEmpty()) {
            report.fails(APPLIED, "Held", steps.size() + " differences from the document are left as they are");
        } else if (done.awaited().isPresent()) {
            report.fails(APPLIED, "Applying", "waits for " + done.awaited().get());
        } else {
            report.holds(APPLIED, "Applied", "the cluster holds what the document says");
        }
    }

    private Outcome judge(
            PlatformStatus platform,
            Desired desired,
            Manifests manifests,
            Observed observed,
            Executor.Done done,
            Probe probe,
            Report report) {
        var verdict = Verdict.of(
                probe, report.former(), platform.generation(), done.changed(), clock.instant(), settings.patience());
        switch (probe) {
            case Probe.Answered answered -> report.answered(manifests.url(), answered.evidence());
            case Probe.Silent silent -> report.unproven();
        }
        report.releases(Releases.of(desired, observed, verdict.phase() == Phase.READY))
                .with(verdict.openeo());
        if (!done.refused().isEmpty()) {
            teller.tell(report.status(report.wasUp() ? Phase.DEGRADED : Phase.FAILED));
            return new Outcome.Failed("Conflict", "in the way: " + named(done.refused()));
        }
        teller.tell(report.status(verdict.phase()));
        return switch (verdict.phase()) {
            case READY ->
                report.complete()
                        ? new Outcome.Converged()
                        : new Outcome.Progressing(settings.poll().multipliedBy(SELDOM));
            case DEGRADED -> new Outcome.Progressing(settings.poll().multipliedBy(SELDOM));
            default -> new Outcome.Progressing(settings.poll());
        };
    }

    /** What was proven once stays told: openEO may well go on with what it has. */
    private Outcome failed(Report report, String type, String reason, String message) {
        report.fails(type, reason, message);
        report.before(Verdict.ANSWERS).ifPresent(report::with);
        teller.tell(report.status(report.wasUp() ? Phase.DEGRADED : Phase.FAILED));
        return new Outcome.Failed(reason, message);
    }

    private static String said(Catalogue catalogue) {
        var count = catalogue.ids().size() + " collections";
        var remarks = catalogue.remarks();
        return remarks.isEmpty()
                ? count
                : count + "; " + String.join("; ", remarks.subList(0, Math.min(NAMED, remarks.size())))
                        + (remarks.size() > NAMED ? "; and " + (remarks.size() - NAMED) + " more remarks" : "");
    }

    private static String named(List<ObjectKey> keys) {
        return keys.stream().map(ObjectKey::toString).collect(Collectors.joining(", "));
    }
}
