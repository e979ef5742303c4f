package io.orrery.sandbox.kubernetes.lifecycle;

import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.store.Store;
import io.orrery.sandbox.kubernetes.store.StoreEvent;
import io.orrery.sandbox.kubernetes.store.Subscription;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of upstream's controller manager without which the API itself would not behave: namespaces end, owners take
 * what they own with them, definitions their objects, and every namespace has its account. One thread, in the order of
 * events.
 */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Subscription events;
    private final List<Chore> chores;
    private final Thread thread;

    private Housekeeping(Subscription events, List<Chore> chores) {
        this.events = events;
        this.chores = chores;
        this.thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);
    }

    /** Must be started before anything is stored, for what was there before is not looked at. */
    public static Housekeeping start(Store store, Registry registry, String rootCa) {
        var housekeeping = new Housekeeping(
                store.watchNew(key -> true),
                List.of(
                        new NamespaceContents(registry, rootCa),
                        new NamespaceEnd(registry),
                        new DefinitionEnd(registry),
                        new GarbageCollector(registry)));
        housekeeping.thread.start();
        return housekeeping;
    }

    /** One thing to look after. */
    interface Chore {
        void on(StoreEvent event);

        /** Called when no event waits: the time for what looks at many objects. */
        default void settle() {}
    }

    private void run() {
        try {
            while (true) {
                var event = events.next(PATIENCE);
                if (event.isPresent()) {
                    chores.forEach(chore -> attempt(() -> chore.on(event.get())));
                }
                if (events.isCutOff()) {
                    LOG.error("housekeeping fell too far behind and has missed events: owned objects may stay");
                }
                if (!events.hasWaiting()) {
                    chores.forEach(chore -> attempt(chore::settle));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("housekeeping ends");
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("housekeeping failed at one event and goes on", e);
        }
    }

    @Override
    public void close() {
        events.close();
        thread.interrupt();
    }
}
