package io.orrery.cli.crash;

import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.loop.Backoff;
import io.orrery.reconciler.loop.Loop;
import io.orrery.reconciler.loop.Reconciler;
import io.orrery.reconciler.runtime.Waker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;

/** One of the five, with the loop that it has in earnest; once killed, another process takes its place. */
final class Service implements AutoCloseable {

    /** Builds what a process consists of. */
    interface Blueprint {
        /** @param belongings is given what the process has to close in order, in the reverse of it */
        Reconciler build(Fate.Mortal process, Facts.Teller teller, Waker waker, Deque<AutoCloseable> belongings)
                throws Exception;
    }

    private static final Loop.Settings SETTINGS = new Loop.Settings(
            Duration.ofSeconds(1),
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
            4,
            Duration.ofMillis(200));

    private final FactTables facts;
    private final Facts.Teller teller;
    private final Fate fate;
    private final Blueprint blueprint;
    private final AtomicReference<Life> life = new AtomicReference<>();
    private boolean closed;

    Service(FactTables facts, Facts.Teller teller, Fate fate, Blueprint blueprint) {
        this.facts = facts;
        this.teller = teller;
        this.fate = fate;
        this.blueprint = blueprint;
        facts.onChange((topic, platform) -> wake(platform));
        begin();
    }

    void wake(PlatformName platform) {
        var now = life.get();
        if (now != null && !now.dead) {
            now.loop.wake(platform);
        }
    }

    private synchronized void begin() {
        if (closed) {
            return;
        }
        try {
            life.set(new Life());
            facts.names().forEach(this::wake);
        } catch (Fate.Killed killed) {
            // it did not survive its own start, and its end sees to the next one
            return;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        life.get().end();
    }

    private final class Life implements Fate.Mortal {

        private final Deque<AutoCloseable> belongings = new ArrayDeque<>();
        private final Loop loop;
        private volatile boolean dead;

        Life() throws Exception {
            var reconciler =
                    blueprint.build(this, fate.watch(this, Facts.Teller.class, teller), Service.this::wake, belongings);
            loop = new Loop(
                    SETTINGS,
                    reconciler,
                    platform -> facts.names().contains(platform),
                    (platform, outcome) -> {},
                    Clock.systemUTC());
        }

        @Override
        public boolean isDead() {
            return dead;
        }

        @Override
        public void die() {
            dead = true;
            Thread.ofVirtual().name("supervisor").start(() -> {
                end();
                begin();
            });
        }

        synchronized void end() {
            if (loop != null) {
                loop.close();
            }
            while (!belongings.isEmpty()) {
                try {
                    belongings.pop().close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
