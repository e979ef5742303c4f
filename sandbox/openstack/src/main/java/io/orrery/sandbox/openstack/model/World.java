package io.orrery.sandbox.openstack.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The whole cloud's state under one lock, its clock, and what is to happen in it later. One lock is enough: a request
 * is microseconds of work, and the services look into each other all the time.
 */
public final class World implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(World.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Ledger ledger = new Ledger();
    private final List<Shelf<?>> shelves = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("openstack-timer").factory());
    private final ExecutorService errands = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ended;

    public World(Clock clock) {
        this.clock = clock;
    }

    /** Runs this alone: nobody else sees or changes the cloud meanwhile. */
    public <T> T enter(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Lets this happen in the cloud after a while, alone as by {@link #enter}; never, if the cloud has ended by then. */
    public void after(Duration delay, Runnable work) {
        if (ended) {
            return;
        }
        var unused = timer.schedule(
                () -> errand(() -> enter(() -> {
                    if (!ended) {
                        work.run();
                    }
                    return null;
                })),
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Runs this on a virtual thread of its own, outside of the lock: for what may take long, such as firmware. */
    public void errand(Runnable work) {
        if (ended) {
            return;
        }
        errands.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "Something in the emulated cloud failed", failure);
            }
        });
    }

    public <T> Shelf<T> shelf(String kind, Function<T, String> naming) {
        var shelf = new Shelf<>(kind, this, naming);
        shelves.add(shelf);
        return shelf;
    }

    public Inventory inventory() {
        return enter(() -> {
            Map<String, List<Inventory.Item>> kinds = new TreeMap<>();
            shelves.forEach(shelf -> kinds.put(shelf.kind(), shelf.items()));
            return new Inventory(kinds);
        });
    }

    public Ledger ledger() {
        return ledger;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Now, as Nova, Neutron and Glance write it. */
    public String nowInSeconds() {
        return seconds(now());
    }

    /** Now, as Cinder and Keystone write it. */
    public String nowInMicros() {
        return micros(now());
    }

    public static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Six digits and no zone, as Python's isoformat has it. */
    public static String micros(Instant instant) {
        var text = seconds(instant);
        return text.substring(0, text.length() - 1) + ".%06d".formatted(instant.get(ChronoField.MICRO_OF_SECOND));
    }

    public static String uuid() {
        return UUID.randomUUID().toString();
    }

    /** An id as Keystone makes them: without dashes. */
    public static String hex() {
        return uuid().replace("-", "");
    }

    @Override
    public void close() {
        ended = true;
        timer.shutdownNow();
        errands.shutdownNow();
    }
}
