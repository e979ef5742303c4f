package io.orrery.sandbox.kubernetes.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The events of interest from a revision on, in order, none left out. A reader that falls too far behind is cut off, as
 * upstream's watch cache does.
 */
public final class Subscription implements AutoCloseable {
    private static final int MOST_WAITING = 100_000;

    private final BlockingQueue<StoreEvent> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Predicate<Key> interest;
    private final Store store;
    private volatile boolean cutOff;

    Subscription(Store store, Predicate<Key> interest, List<StoreEvent> missed) {
        this.store = store;
        this.interest = interest;
        missed.forEach(this::offer);
    }

    void offer(StoreEvent event) {
        if (interest.test(event.key()) && !waiting.offer(event)) {
            cutOff = true;
        }
    }

    /** True once an event was lost because nobody took the earlier ones; the reader must begin again. */
    public boolean isCutOff() {
        return cutOff;
    }

    public Optional<StoreEvent> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    public void close() {
        store.forget(this);
    }
}
