package io.orrery.provisioner.reconcile;

import io.orrery.contracts.CloudCredential;
import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.S3Keys;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** A process that is killed at one of its external calls: from then on nothing it tries has any effect. */
final class Mortal {

    /** The process is dead. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String at) {
            super("killed at " + at, null, false, false);
        }
    }

    /**
     * An external call.
     *
     * @param what it does, or asks for
     * @param time of the same, from 1
     * @param effective whether it changes something outside
     */
    record Call(String what, int time, boolean effective) {
        @Override
        public String toString() {
            return what + " for the " + time + ". time";
        }
    }

    private final Optional<Call> fatal;
    private final boolean done;
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean dead;

    private Mortal(Optional<Call> fatal, boolean done) {
        this.fatal = fatal;
        this.done = done;
    }

    static Mortal immortal() {
        return new Mortal(Optional.empty(), false);
    }

    /**
     * @param fatal the call that it does not survive
     * @param done whether that call still has its effect
     */
    static Mortal dyingAt(Call fatal, boolean done) {
        return new Mortal(Optional.of(fatal), done);
    }

    boolean isDead() {
        return dead;
    }

    /** All that it did and asked for. */
    Set<Call> calls() {
        return Set.copyOf(calls);
    }

    Clouds clouds(Clouds clouds) {
        return (name, region) -> new ItsCloud(clouds.named(name, region));
    }

    Buckets buckets(Buckets buckets) {
        return new ItsBuckets(buckets);
    }

    Facts.Teller teller(Facts.Teller teller) {
        return new Facts.Teller() {
            @Override
            public void tell(Fact fact) {
                act("tell " + fact.typeSince(Optional.empty()), () -> teller.tell(fact));
            }

            @Override
            public void forget(Topic topic, PlatformName platform) {
                act("forget", () -> teller.forget(topic, platform));
            }
        };
    }

    private void act(String what, Runnable act) {
        act(what, () -> {
            act.run();
            return true;
        });
    }

    private <T> T act(String what, Supplier<T> act) {
        return call(what, true, act);
    }

    private <T> T ask(String what, Supplier<T> question) {
        return call(what, false, question);
    }

    private <T> T call(String what, boolean effective, Supplier<T> call) {
        if (dead) {
            throw new Killed("an earlier call than " + what);
        }
        var made = new Call(what, times.merge(what, 1, Integer::sum), effective);
        calls.add(made);
        if (!fatal.equals(Optional.of(made))) {
            return call.get();
        }
        dead = true;
        throw new Killed(what + (done ? ", of which it did not hear " + call.get() : ""));
    }

    private final class ItsCloud implements Cloud {

        private final Cloud cloud;

        ItsCloud(Cloud cloud) {
            this.cloud = cloud;
        }

        @Override
        public Observed observe(Instant notBefore) {
            return ask("observe", () -> cloud.observe(notBefore));
        }

        @Override
        public List<Thing> servers(Instant notBefore) {
            return ask("servers", () -> cloud.servers(notBefore));
        }

        @Override
        public Catalogue catalogue(Instant notBefore) {
            return ask("catalogue", () -> cloud.catalogue(notBefore));
        }

        @Override
        public Room room(Room.Question question) {
            return ask("room", () -> cloud.room(question));
        }

        @Override
        public Optional<Thing> apply(Step step, Function<Sealed, byte[]> secrets) {
            var what = step.getClass().getSimpleName() + " " + step.key().split(":", -1)[0];
            return act(what, () -> cloud.apply(step, secrets));
        }

        @Override
        public Optional<String> lastRequest(String serverId) {
            return ask("last request", () -> cloud.lastRequest(serverId));
        }

        @Override
        public boolean exists(Kind kind, String id) {
            return ask("ask for " + kind.word(), () -> cloud.exists(kind, id));
        }

        @Override
        public List<Thing> traces(Instant notBefore) {
            return ask("traces", () -> cloud.traces(notBefore));
        }

        @Override
        public List<Thing> balancers(Instant notBefore) {
            return ask("balancers", () -> cloud.balancers(notBefore));
        }

        @Override
        public List<Thing> credentials(Kind kind, Instant notBefore) {
            return ask("list " + kind.word(), () -> cloud.credentials(kind, notBefore));
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

        @Override
        public String project() {
            return cloud.project();
        }
    }

    private final class ItsBuckets implements Buckets {

        private final Buckets buckets;

        ItsBuckets(Buckets buckets) {
            this.buckets = buckets;
        }

        @Override
        public boolean exists(Place place, String bucket) {
            return ask("ask for bucket", () -> buckets.exists(place, bucket));
        }

        @Override
        public void create(Place place, String bucket) {
            act("create bucket", () -> buckets.create(place, bucket));
        }

        @Override
        public void put(Place place, String bucket, String key, byte[] content) {
            act("put object", () -> buckets.put(place, bucket, key, content));
        }

        @Override
        public byte[] get(Place place, String bucket, String key) {
            return ask("get object", () -> buckets.get(place, bucket, key));
        }

        @Override
        public void delete(Place place, String bucket, String key) {
            act("delete object", () -> buckets.delete(place, bucket, key));
        }

        @Override
        public void remove(Place place, String bucket) {
            act("remove bucket", () -> buckets.remove(place, bucket));
        }

        @Override
        public S3Keys keys(String credentials) {
            return buckets.keys(credentials);
        }
    }
}
