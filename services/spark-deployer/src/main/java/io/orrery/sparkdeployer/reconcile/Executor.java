package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.Activity;
import io.orrery.contracts.Activity.Result;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.plan.Step;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import io.orrery.sparkdeployer.reconcile.Cluster.ConflictException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Does steps, and tells the activity log of each. */
final class Executor {

    /**
     * What came of it.
     *
     * @param done how many steps have changed something
     * @param awaited what has to come about before the rest can be done
     * @param refused what somebody else's objects stand in the way of
     */
    record Done(int done, Optional<String> awaited, List<ObjectKey> refused) {
        boolean changed() {
            return done > 0;
        }
    }

    private final Consumer<Activity> log;
    private final Clock clock;

    Executor(Consumer<Activity> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Stops at the first call that fails: what is left is planned again. */
    Done execute(Cluster cluster, List<Step> steps, PlatformFacts facts, Uid uid) throws ClusterException {
        var refused = new ArrayList<ObjectKey>();
        var done = 0;
        for (var step : steps) {
            switch (step) {
                case Step.Await await -> {
                    return new Done(done, Optional.of(await.what()), refused);
                }
                case Step.Refuse refuse -> refused.add(refuse.key());
                case Step.Create create -> {
                    var key = ObjectKey.of(create.object());
                    try {
                        perform("create " + key, () -> cluster.create(create.object()), facts, uid);
                        done++;
                    } catch (ConflictException e) {
                        refused.add(key);
                    }
                }
                case Step.Update update -> {
                    var what = (update.drifted() ? "mend " : "update ") + ObjectKey.of(update.object());
                    perform(what, () -> cluster.update(update.object()), facts, uid);
                    done++;
                }
                case Step.Delete delete -> {
                    perform("delete " + delete.key(), () -> cluster.delete(delete.key()), facts, uid);
                    done++;
                }
            }
        }
        return new Done(done, Optional.empty(), refused);
    }

    @FunctionalInterface
    private interface Call {
        void run() throws ClusterException;
    }

    private void perform(String what, Call call, PlatformFacts facts, Uid uid) throws ClusterException {
        var begun = clock.instant();
        try {
            call.run();
            tell(what, Result.DONE, begun, Optional.empty(), facts, uid);
        } catch (ClusterException e) {
            tell(what, Result.FAILED, begun, Optional.ofNullable(e.getMessage()), facts, uid);
            throw e;
        }
    }

    private void tell(
            String what, Result result, Instant begun, Optional<String> message, PlatformFacts facts, Uid uid) {
        var now = clock.instant();
        log.accept(new Activity(
                facts.name(),
                uid,
                Stage.WORKLOADS,
                what,
                result,
                now,
                Optional.of(Duration.between(begun, now)),
                Optional.empty(),
                Optional.empty(),
                message,
                facts.causes()));
    }
}
