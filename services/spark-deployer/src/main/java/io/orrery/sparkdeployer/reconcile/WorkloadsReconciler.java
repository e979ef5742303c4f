package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.Activity;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topic;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.loop.Reconciler;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

/** The stage of workloads: openEO in a platform's cluster, from nothing to an answer, and back to nothing. */
public final class WorkloadsReconciler implements Reconciler {

    /** What this stage waits for. Observability matters at removal only: it goes first. */
    public static final Set<Topic> WAKES =
            Set.of(Topics.PLATFORMS, Topics.INFRASTRUCTURE, Topics.CLUSTERS, Topics.TRACKING, Topics.OBSERVABILITY);

    private final Facts facts;
    private final Deployment deployment;
    private final Removal removal;

    public WorkloadsReconciler(
            Facts facts,
            Facts.Teller teller,
            Clusters clusters,
            Outside outside,
            Consumer<Activity> log,
            Settings settings,
            Clock clock) {
        var wishes = outside.wishes();
        var executor = new Executor(log, clock);
        this.facts = facts;
        this.deployment = new Deployment(teller, clusters, wishes, executor, settings, clock);
        this.removal = new Removal(teller, clusters, wishes, executor, settings, clock);
    }

    @Override
    public Outcome reconcile(PlatformName name) throws InterruptedException {
        var known = facts.about(name);
        var wished = known.platform().filter(platform -> !platform.removing());
        if (wished.isEmpty()) {
            return removal.remove(known);
        }
        if (known.isIn(Stage.WORKLOADS, Phase.REMOVED)) {
            return new Outcome.Converged(); // after Removed nothing is started for that uid
        }
        return deployment.deploy(known, wished.get());
    }
}
