package io.orrery.jobtracker.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.jboss.logging.Logger;

/**
 * Works on keys, each on a virtual thread, never on the same one twice at a time; a key that is added while it is being
 * worked on is worked on again. What throws is tried again with growing delays.
 */
final class KeyedWork implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KeyedWork.class);
    private static final int AT_ONCE = 32;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ObjIntConsumer<String> work;
    private final Duration firstRetry;
    private final Set<String> working = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-retries").factory());
    private boolean closed;

    /** @param work is told, beside the key, how often it has failed on it in a row */
    KeyedWork(ObjIntConsumer<String> work, Duration firstRetry) {
        this.work = work;
        this.firstRetry = firstRetry;
    }

    synchronized void add(String key) {
        if (closed) {
            return;
        }
        if (!working.add(key)) {
            again.add(key);
            return;
        }
        workers.execute(() -> run(key));
    }

    private void run(String key) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        var done = false;
        try {
            work.accept(key, failed(key));
            done = true;
        } catch (RuntimeException e) {
            LOG.warnf("%s: %s; it will be tried again", key, e.getMessage());
            LOG.debug(key, e);
        } finally {
            places.release();
            finished(key, done);
        }
    }

    private synchronized int failed(String key) {
        return failures.getOrDefault(key, 0);
    }

    private synchronized void finished(String key, boolean done) {
        working.remove(key);
        if (done) {
            failures.remove(key);
        }
        if (again.remove(key)) {
            add(key);
        } else if (!done && !closed) {
            retry(key, failures.merge(key, 1, Integer::sum));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // add() cannot fail
    private void retry(String key, int count) {
        var delay = Math.min(firstRetry.toMillis() << Math.min(count - 1, 20), LONGEST.toMillis());
        retries.schedule(() -> add(key), delay, TimeUnit.MILLISECONDS);
    }

    /** Starts nothing more, and interrupts what is under way: all of it may be done again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        retries.shutdownNow();
        workers.shutdownNow();
    }
}
