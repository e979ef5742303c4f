package io.orrery.provisioner.reconcile;

import io.orrery.contracts.CloudCredential;
import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Topic;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Room;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Step;
import io.orrery.reconciler.facts.Facts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A process that is killed at one of its external calls: from then on nothing it tries has any effect. */
final class Mortal {

    /** The process is dead. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(Object after) {
            super("killed after " + after, null, false, false);
        }
    }

    private final AtomicInteger left;
    private final boolean done;
    private volatile boolean dead;

    /**
     * @param at the number of the call that it does not survive, from 1
     * @param done whether that call still has its effect
     */
    Mortal(int at, boolean done) {
        this.left = new AtomicInteger(at);
        this.done = done;
    }

    boolean isDead() {
        return dead;
    }

    Clouds clouds(Clouds clouds) {
        return (name, region) -> new Its(clouds.named(name, region));
    }

    Facts.Teller teller(Facts.Teller teller) {
        return new Facts.Teller() {
            @Override
            public void tell(Fact fact) {
                live();
                teller.tell(fact);
            }

            @Override
            public void forget(Topic topic, PlatformName platform) {
                live();
                teller.forget(topic, platform);
            }
        };
    }

    private void live() {
        if (dead) {
            throw new Killed("its death");
        }
    }

    private <T> T call(Supplier<T> what) {
        live();
        if (left.decrementAndGet() != 0) {
            return what.get();
        }
        dead = true;
        var effect = done ? Optional.of(what.get()) : Optional.empty();
        throw new Killed(effect);
    }

    private final class Its implements Cloud {

        private final Cloud cloud;

        Its(Cloud cloud) {
            this.cloud = cloud;
        }

        @Override
        public Observed observe(Instant notBefore) {
            return call(() -> cloud.observe(notBefore));
        }

        @Override
        public Catalogue catalogue(Instant notBefore) {
            return cloud.catalogue(notBefore);
        }

        @Override
        public Room room(Room.Question question) {
            return call(() -> cloud.room(question));
        }

        @Override
        public Optional<Thing> apply(Step step, Function<Sealed, byte[]> secrets) {
            return call(() -> cloud.apply(step, secrets));
        }

        @Override
        public Optional<String> lastRequest(String serverId) {
            return call(() -> cloud.lastRequest(serverId));
        }

        @Override
        public boolean exists(Kind kind, String id) {
            return call(() -> cloud.exists(kind, id));
        }

        @Override
        public List<Thing> traces(Instant notBefore) {
            return call(() -> cloud.traces(notBefore));
        }

        @Override
        public List<Thing> credentials(Kind kind, Instant notBefore) {
            return call(() -> cloud.credentials(kind, notBefore));
        }

        @Override
        public CloudCredential login(String id, byte[] secret) {
            return cloud.login(id, secret);
        }

        @Override
        public Optional<CloudCredential> ownLogin() {
            return cloud.ownLogin();
        }

        @Override
        public Optional<URI> objectStore() {
            return cloud.objectStore();
        }

        @Override
        public String region() {
            return cloud.region();
        }
    }
}
