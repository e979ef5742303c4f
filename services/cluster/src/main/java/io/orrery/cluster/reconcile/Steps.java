package io.orrery.cluster.reconcile;

import io.orrery.cluster.plan.Step;
import io.orrery.contracts.Activity;
import io.orrery.contracts.Activity.Result;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.PlatformFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Carries out steps, one after the other, and writes each down. A node that resists does not hold up the others. */
public final class Steps {

    private static final Logger LOG = Logger.getLogger(Steps.class);

    private final Journal journal;
    private final Clock clock;

    public Steps(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void carryOut(PlatformFacts known, Uid uid, ClusterApi api, List<Step> steps) {
        for (var step : steps) {
            var begun = clock.instant();
            try {
                api.carryOut(step);
                LOG.infof("%s: %s", word(step), step.node());
                journal.tell(activity(known, uid, step, Result.DONE, begun, Optional.empty()));
            } catch (ClusterApi.Unreachable | ClusterApi.Refused e) {
                LOG.warnf("%s of %s failed, and will be tried again: %s", word(step), step.node(), e.getMessage());
                journal.tell(activity(known, uid, step, Result.FAILED, begun, Optional.of(e.getMessage())));
            }
        }
    }

    private Activity activity(
            PlatformFacts known, Uid uid, Step step, Result result, Instant begun, Optional<String> message) {
        var now = clock.instant();
        return new Activity(
                known.name(),
                uid,
                Stage.CLUSTER,
                word(step),
                result,
                now,
                Optional.of(Duration.between(begun, now)),
                Optional.of(step.node()),
                Optional.empty(),
                message,
                known.causes());
    }

    private static String word(Step step) {
        return switch (step) {
            case Step.Dress dress -> "dress node";
            case Step.Cordon cordon -> "cordon node";
            case Step.Evict evict -> "evict pods";
            case Step.LeaveEtcd leave -> "leave etcd";
            case Step.Delete delete -> "delete node";
        };
    }
}
