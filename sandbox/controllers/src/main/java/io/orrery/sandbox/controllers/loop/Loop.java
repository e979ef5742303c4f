package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A work queue by key: a key waits once however often it is woken, is never worked on twice at a time, and a wake-up
 * during its work is not lost. What fails is tried again, from 50 ms doubling to 10 s.
 */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final int MOST_DOUBLINGS = 8;

    private enum State {
        QUEUED,
        WORKING,
        WOKEN_WHILE_WORKING
    }

    private record Alarm(long dueNanos, ScheduledFuture<?> future) {}

    private final String name;
    private final Reconciler reconciler;
    private final ScheduledExecutorService timers;
    private final ExecutorService workers;
    private final Map<ObjectKey, State> states = new HashMap<>();
    private final Map<ObjectKey, Integer> failures = new HashMap<>();
    private final Map<ObjectKey, Alarm> alarms = new HashMap<>();
    private boolean closed;

    public Loop(String name, int parallel, ScheduledExecutorService timers, Reconciler reconciler) {
        this.name = name;
        this.reconciler = reconciler;
        this.timers = timers;
        this.workers = Executors.newFixedThreadPool(
                parallel, Thread.ofVirtual().name(name + "-", 0).factory());
    }

    public synchronized void add(ObjectKey key) {
        if (closed) {
            return;
        }
        var state = states.get(key);
        if (state == null) {
            states.put(key, State.QUEUED);
            workers.execute(() -> work(key));
        } else if (state == State.WORKING) {
            states.put(key, State.WOKEN_WHILE_WORKING);
        }
    }

    /** Wakes the key after a while; of several alarms for one key only the earliest rings. */
    public synchronized void addAfter(ObjectKey key, Duration delay) {
        if (closed) {
            return;
        }
        var due = System.nanoTime() + delay.toNanos();
        var alarm = alarms.get(key);
        if (alarm != null && alarm.dueNanos() - due <= 0) {
            return;
        }
        if (alarm != null) {
            alarm.future().cancel(false);
        }
        try {
            alarms.put(
                    key, new Alarm(due, timers.schedule(() -> ring(key, due), delay.toNanos(), TimeUnit.NANOSECONDS)));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "{0} {1}: no more alarms, everything is being closed", name, key);
        }
    }

    private synchronized void ring(ObjectKey key, long due) {
        var alarm = alarms.get(key);
        if (alarm != null && alarm.dueNanos() == due) {
            alarms.remove(key);
        }
        add(key);
    }

    private void work(ObjectKey key) {
        if (!begin(key)) {
            return;
        }
        try {
            var again = reconciler.reconcile(key);
            succeeded(key);
            again.ifPresent(delay -> addAfter(key, delay));
        } catch (RuntimeException e) {
            retry(key, e);
        } finally {
            end(key);
        }
    }

    private synchronized boolean begin(ObjectKey key) {
        if (closed) {
            return false;
        }
        states.put(key, State.WORKING);
        return true;
    }

    private synchronized void end(ObjectKey key) {
        if (states.remove(key) == State.WOKEN_WHILE_WORKING) {
            add(key);
        }
    }

    private synchronized void succeeded(ObjectKey key) {
        failures.remove(key);
    }

    private synchronized void retry(ObjectKey key, RuntimeException failure) {
        if (closed) {
            return;
        }
        var times = failures.merge(key, 1, Integer::sum);
        var conflict = failure instanceof KubernetesClientException e && e.getCode() == 409;
        LOG.log(
                conflict || times < 3 ? Level.DEBUG : Level.WARNING,
                name + " " + key + " will be tried again",
                failure);
        addAfter(key, FIRST_RETRY.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS)));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            alarms.values().forEach(alarm -> alarm.future().cancel(false));
            alarms.clear();
        }
        workers.shutdownNow();
    }
}
