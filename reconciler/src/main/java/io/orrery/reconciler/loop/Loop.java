package io.orrery.reconciler.loop;

import io.orrery.contracts.PlatformName;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Calls a reconciler for every platform that is due, at most {@code parallelism} at once, each on a virtual thread of
 * its own. Lives as long as one term of leadership.
 */
public final class Loop implements AutoCloseable {

    /**
     * How the loop runs.
     *
     * @param parallelism how many platforms are worked on at once
     * @param grace how long {@link Loop#close} waits for what is under way
     */
    public record Settings(Duration resync, Backoff backoff, int parallelism, Duration grace) {}

    private static final Logger LOG = Logger.getLogger(Loop.class);

    private final Settings settings;
    private final Reconciler reconciler;
    private final Predicate<PlatformName> known;
    private final BiConsumer<PlatformName, Outcome> observer;
    private final Clock clock;
    private final Agenda agenda;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int running;
    private boolean closed;

    /**
     * @param known whether there is still anything to know about a platform; if not, it is dropped after a pass
     * @param observer is told every outcome
     */
    public Loop(
            Settings settings,
            Reconciler reconciler,
            Predicate<PlatformName> known,
            BiConsumer<PlatformName, Outcome> observer,
            Clock clock) {
        this.settings = settings;
        this.reconciler = reconciler;
        this.known = known;
        this.observer = observer;
        this.clock = clock;
        this.agenda = new Agenda(settings.resync(), settings.backoff(), RandomGenerator.getDefault());
        workers.execute(this::dispatch);
    }

    /** Something new is known about the platform: look at it as soon as possible. */
    public void wake(PlatformName platform) {
        lock.lock();
        try {
            agenda.wake(platform, clock.instant());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many platforms have a next pass on the agenda. */
    public int size() {
        lock.lock();
        try {
            return agenda.size();
        } finally {
            lock.unlock();
        }
    }

    /** Starts nothing more, and waits for what is under way; interrupts what does not end in time. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        lock.lock();
        try {
            while (!closed) {
                next().ifPresentOrElse(this::start, this::await);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<PlatformName> next() {
        return running < settings.parallelism() ? agenda.poll(clock.instant()) : Optional.empty();
    }

    private void start(PlatformName platform) {
        running++;
        workers.execute(() -> work(platform));
    }

    @SuppressWarnings("WaitNotInLoop") // dispatch() is the loop
    private void await() {
        var wait = agenda.nextDue()
                .filter(due -> running < settings.parallelism())
                .map(due -> Duration.between(clock.instant(), due).toNanos())
                .orElse(Long.MAX_VALUE);
        try {
            var left = changed.awaitNanos(Math.max(wait, 1));
            LOG.tracef("woken with %d ns left", left);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    private void work(PlatformName platform) {
        var outcome = outcomeOf(platform);
        var stillKnown = known.test(platform);
        lock.lock();
        try {
            running--;
            if (stillKnown) {
                agenda.finished(platform, outcome, clock.instant());
            } else {
                agenda.forgotten(platform);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Outcome outcomeOf(PlatformName platform) {
        MDC.put("platform", platform.value());
        try {
            var outcome = reconciler.reconcile(platform);
            observer.accept(platform, outcome);
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Interrupted", "stopped while it was under way");
        } catch (Exception e) {
            LOG.warnf(e, "reconciling %s failed; it will be tried again", platform);
            var failed = new Outcome.Failed("Unexpected", String.valueOf(e.getMessage()));
            observer.accept(platform, failed);
            return failed;
        } finally {
            MDC.remove("platform");
        }
    }
}
