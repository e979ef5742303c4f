package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sparkdeployer.plan.Demolition;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import io.orrery.sparkdeployer.reconcile.Cluster.UnreachableException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Takes openEO out of a platform's cluster again, with the batch jobs that still run. */
final class Removal {

    private static final String GONE = "Gone";

    /** Not the deployment's condition: how long it was away before the removal does not count. */
    private static final String REACHED = "RemovalReachesCluster";

    private final Facts.Teller teller;
    private final Clusters clusters;
    private final Wishes wishes;
    private final Executor executor;
    private final Settings settings;
    private final Clock clock;

    Removal(Facts.Teller teller, Clusters clusters, Wishes wishes, Executor executor, Settings settings, Clock clock) {
        this.teller = teller;
        this.clusters = clusters;
        this.wishes = wishes;
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
    }

    Outcome remove(PlatformFacts facts) {
        var uid = facts.uid().or(() -> facts.workloads().map(WorkloadStatus::uid));
        if (uid.isEmpty() || facts.isIn(Stage.WORKLOADS, Phase.REMOVED)) {
            return new Outcome.Converged();
        }
        var report = new Report(facts, uid.get(), generation(facts), clock).nowhere();
        var awaited = awaited(facts);
        if (!awaited.isEmpty()) {
            report.fails(GONE, "Waiting", "waits until these have removed their part: " + awaited);
            teller.tell(report.status(Phase.REMOVING));
            return new Outcome.Waiting("removal of " + awaited);
        }
        return report.begun() ? demolish(facts, uid.get(), report) : removed(facts, report, List.of());
    }

    private Outcome demolish(PlatformFacts facts, Uid uid, Report report) {
        try {
            var access = facts.cluster().flatMap(ClusterStatus::access);
            if (access.isEmpty()) {
                throw new UnreachableException("no access to the cluster is told any more", null);
            }
            var cluster = clusters.open(facts.name(), uid, access.get());
            var backend = facts.tracking()
                    .flatMap(TrackingStatus::registry)
                    .map(TrackingStatus.Registry::backendId)
                    .orElse(facts.name().value());
            begin(report);
            var steps = Demolition.plan(cluster.remains(uid, backend));
            if (steps.isEmpty()) {
                return removed(facts, report, List.of());
            }
            var done = executor.execute(cluster, steps, facts, uid);
            report.fails(
                    GONE,
                    "Removing",
                    done.awaited().map(what -> "waits for " + what).orElse("removes the last objects"));
            teller.tell(report.status(Phase.REMOVING));
            return new Outcome.Progressing(settings.poll());
        } catch (UnreachableException e) {
            return unreachable(facts, report, e);
        } catch (ClusterException e) {
            report.fails(GONE, "Refused", e.getMessage());
            teller.tell(report.status(Phase.REMOVING));
            return new Outcome.Failed("Refused", e.getMessage());
        }
    }

    private void begin(Report report) {
        if (report.former()
                .map(WorkloadStatus::phase)
                .filter(Phase.REMOVING::equals)
                .isEmpty()) {
            teller.tell(report.status(Phase.REMOVING));
        }
    }

    /** A cluster that does not come back must not hold up the removal of everything beneath it. */
    private Outcome unreachable(PlatformFacts facts, Report report, UnreachableException why) {
        var now = clock.instant();
        var since = report.before(REACHED)
                .filter(condition -> condition.status() == Condition.Status.FALSE)
                .map(Condition::since)
                .orElse(now);
        report.fails(REACHED, "Unreachable", why.getMessage());
        if (Duration.between(since, now).compareTo(settings.giveUp()) >= 0) {
            return removed(facts, report, belongings(report));
        }
        report.fails(GONE, "Unreachable", "the cluster cannot be reached; it is given up after " + settings.giveUp());
        teller.tell(report.status(Phase.REMOVING));
        return new Outcome.Unreachable(why.getMessage());
    }

    private static List<String> belongings(Report report) {
        return report.former().stream()
                .flatMap(status -> status.releases().stream())
                .map(release -> release.name() + " in namespace " + release.namespace())
                .toList();
    }

    private Outcome removed(PlatformFacts facts, Report report, List<String> abandoned) {
        report.releases(List.of());
        if (abandoned.isEmpty()) {
            report.holds(GONE, "Removed", "nothing of openEO is left in the cluster");
        } else {
            report.fails(GONE, "Abandoned", "the cluster could not be reached, and what is in it is given up");
        }
        teller.tell(report.status(Phase.REMOVED, abandoned));
        clusters.forget(facts.name());
        wishes.forget(facts);
        return new Outcome.Converged();
    }

    /** Once nobody remembers the wish, nobody tells of its removal either: then there is nothing to wait for. */
    private static Set<Stage> awaited(PlatformFacts facts) {
        return facts.platform().isPresent() ? facts.awaitedBefore(Stage.WORKLOADS) : EnumSet.noneOf(Stage.class);
    }

    private static long generation(PlatformFacts facts) {
        return facts.platform()
                .map(PlatformStatus::generation)
                .or(() -> facts.workloads().map(WorkloadStatus::observedGeneration))
                .orElse(0L);
    }
}
