package io.orrery.reconciler.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topic;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.kafka.Intake;
import io.orrery.reconciler.kafka.LeaderTeller;
import io.orrery.reconciler.leadership.Leadership.Candidate;
import io.orrery.reconciler.loop.Backoff;
import io.orrery.reconciler.loop.Loop;
import io.orrery.reconciler.loop.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * What a replica does while it leads. The order matters: first the former leader is fenced, then everything it told is
 * read, and only then does the first platform get looked at.
 */
@ApplicationScoped
class Office implements Candidate, Waker {

    private static final Logger LOG = Logger.getLogger(Office.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Stewardship stewardship;
    private final Facts facts;
    private final LeaderTeller teller;
    private final Intake intake;
    private final LoopConfig config;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Reach reach;
    private final Instance<LeadershipOfService> leadership;
    private final AtomicReference<Loop> loop = new AtomicReference<>();

    Office(
            Stewardship stewardship,
            Facts facts,
            LeaderTeller teller,
            Intake intake,
            LoopConfig config,
            Clock clock,
            MeterRegistry meters,
            Reach reach,
            Instance<LeadershipOfService> leadership) {
        this.stewardship = stewardship;
        this.facts = facts;
        this.teller = teller;
        this.intake = intake;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.reach = reach;
        this.leadership = leadership;
        facts.onChange(this::wake);
        meters.gauge("orrery.loop.platforms", loop, it -> Optional.ofNullable(it.get())
                .map(Loop::size)
                .orElse(0));
    }

    @Override
    public void elected() throws InterruptedException {
        teller.begin(() -> leadership.get().resign());
        while (!intake.caughtUp(PATIENCE)) {
            LOG.debug("not caught up yet");
            Thread.sleep(20);
        }
        loop.set(new Loop(settings(), stewardship.reconciler(), this::isKnown, this::count, clock));
        facts.names().forEach(loop.get()::wake);
    }

    @Override
    public void deposed() {
        Optional.ofNullable(loop.getAndSet(null)).ifPresent(Loop::close);
        reach.clear();
        teller.end();
    }

    @Override
    public void wake(PlatformName platform) {
        Optional.ofNullable(loop.get()).ifPresent(it -> it.wake(platform));
    }

    boolean isLeading() {
        return loop.get() != null;
    }

    private void wake(Topic topic, PlatformName platform) {
        if (stewardship.wakes().contains(topic)) {
            wake(platform);
        }
    }

    private boolean isKnown(PlatformName platform) {
        return facts.names().contains(platform);
    }

    private void count(PlatformName platform, Outcome outcome) {
        reach.ended(platform, outcome);
        var word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        meters.counter("orrery.loop.passes", "outcome", word).increment();
        LOG.debugf("%s: %s", platform, outcome);
    }

    private Loop.Settings settings() {
        return new Loop.Settings(
                config.resync(),
                new Backoff(config.firstRetry(), config.longestRetry()),
                config.parallelism(),
                config.grace());
    }
}
