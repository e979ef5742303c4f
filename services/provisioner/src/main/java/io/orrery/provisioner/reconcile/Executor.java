package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Activity;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Stage;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.plan.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Does the steps of a plan, all at once; the cloud's own budget says how many are under way. */
final class Executor {

    private static final Logger LOG = Logger.getLogger(Executor.class);

    private final Consumer<Activity> activities;
    private final Clock clock;

    Executor(Consumer<Activity> activities, Clock clock) {
        this.activities = activities;
        this.clock = clock;
    }

    List<Done> apply(List<Step> steps, Site site) {
        var running = steps.stream()
                .map(step -> CompletableFuture.supplyAsync(
                        () -> apply(step, site), task -> Thread.ofVirtual().start(task)))
                .toList();
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private Done apply(Step step, Site site) {
        var begun = clock.instant();
        tell(step, site, Activity.Result.BEGUN, begun, Optional.empty());
        try {
            var done = perform(step, site);
            LOG.infof("%s: %s", site.about().name(), step.words());
            tell(step, site, Activity.Result.DONE, begun, Optional.empty());
            return done;
        } catch (CloudException e) {
            LOG.warnf("%s: could not %s: %s", site.about().name(), step.words(), e.getMessage());
            tell(step, site, Activity.Result.FAILED, begun, Optional.of(e));
            return new Done.Failed(step, e);
        }
    }

    private static Done perform(Step step, Site site) {
        return switch (step) {
            case Step.AskFor ask
            when ask.kind() == Kind.BUCKET ->
                new Done.Asked(ask, site.bucket().orElseThrow().exists());
            case Step.AskFor ask -> new Done.Asked(ask, site.cloud().exists(ask.kind(), ask.id()));
            case Step.Create create
            when create.kind() == Kind.BUCKET -> {
                site.bucket().orElseThrow().create();
                yield new Done.Well(create, Optional.empty());
            }
            case Step.Delete delete
            when delete.kind() == Kind.BUCKET -> {
                site.bucket().orElseThrow().remove();
                yield new Done.Well(delete, Optional.empty());
            }
            case Step.Probe probe -> {
                new Probe(site.bucket().orElseThrow(), site.uid()).run();
                yield new Done.Well(probe, Optional.empty());
            }
            case Step.LeaveAlone alone ->
                throw new CloudException(
                        CloudException.Sort.REFUSED,
                        "NameTaken",
                        "there is one already, " + alone.id() + ", which is not ours: rename it or remove it");
            default -> new Done.Well(step, site.cloud().apply(step, site.secrets()));
        };
    }

    private void tell(Step step, Site site, Activity.Result result, Instant begun, Optional<CloudException> failure) {
        var took = result == Activity.Result.BEGUN
                ? Optional.<Duration>empty()
                : Optional.of(Duration.between(begun, clock.instant()));
        activities.accept(new Activity(
                site.about().name(),
                site.uid(),
                Stage.INFRASTRUCTURE,
                step.words(),
                result,
                clock.instant(),
                took,
                Optional.empty(),
                failure.flatMap(CloudException::requestId),
                failure.map(CloudException::getMessage),
                site.about().causes()));
    }

    /** Opens what is sealed for one platform. */
    interface Secrets extends Function<Sealed, byte[]> {}
}
