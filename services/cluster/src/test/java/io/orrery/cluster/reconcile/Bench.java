package io.orrery.cluster.reconcile;

import static io.orrery.cluster.Samples.DEMO;
import static io.orrery.cluster.Samples.NOON;
import static io.orrery.cluster.Samples.UID;

import io.orrery.cluster.HandClock;
import io.orrery.cluster.Samples;
import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.userdata.UserData;
import io.orrery.contracts.Activity;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Fact;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The reconciler on tables of its own, with a clock moved by hand and a cluster in memory. */
final class Bench {

    static final Settings SETTINGS = new Settings(
            Duration.ofMinutes(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofDays(7));

    final HandClock clock = new HandClock(NOON);
    final FactTables facts = new FactTables();
    final LocalTeller teller = new LocalTeller(facts, clock);
    final InMemoryCluster cluster = new InMemoryCluster(clock);
    final List<Activity> journal = new ArrayList<>();
    final AtomicInteger told = new AtomicInteger();
    Optional<Kubeconfig> mounted = Optional.empty();
    final Sealer sealer;
    final ClusterReconciler reconciler;

    private Bench(Sealer sealer) {
        this.sealer = sealer;
        var founder = new Founder(
                new KeyMaker(Samples.rsaKeys(), clock),
                new UserData(URI.create("https://get.rke2.io"), "kube-vip"),
                sealer);
        var accesses = new Accesses(
                new Kubeconfigs(Samples.rsaKeys(), clock), founder, sealer, SETTINGS.kubeconfigLife(), clock);
        var telling = new Telling(teller);
        MountedKubeconfigs folder = name -> mounted.orElseThrow(
                () -> new MountedKubeconfigs.UnusableException("no kubeconfig is mounted under the name " + name));
        this.reconciler = new ClusterReconciler(
                facts,
                new ManagedCluster(
                        founder, cluster, accesses, new Steps(journal::add, clock), telling, SETTINGS, clock),
                new ExistingCluster(folder, cluster, accesses, telling, SETTINGS, clock),
                new Removal(cluster, accesses, telling, SETTINGS, clock));
        facts.onChange((topic, platform) -> {
            if (topic.equals(Topics.of(Stage.CLUSTER))) {
                told.incrementAndGet();
            }
        });
    }

    static Bench in(Path folder) throws GeneralSecurityException, IOException {
        var keysets = new Keysets(folder);
        keysets.create();
        return new Bench(new Sealer(keysets));
    }

    void tell(Fact fact) {
        teller.tell(fact);
    }

    void slots(Slot... slots) {
        tell(Samples.infrastructure(slots));
    }

    Outcome pass() {
        return reconciler.reconcile(DEMO);
    }

    /** Passes until nothing more is told or done. */
    void settle() {
        for (int pass = 0; pass < 50; pass++) {
            var before = told.get() + cluster.done.size();
            pass();
            if (told.get() + cluster.done.size() == before) {
                return;
            }
        }
        throw new AssertionError("does not settle");
    }

    /** So many passes, for what does not settle by itself. */
    void passes(int count) {
        for (int pass = 0; pass < count; pass++) {
            pass();
        }
    }

    ClusterStatus status() {
        return facts.about(DEMO).cluster().orElseThrow();
    }

    Condition condition(String type) {
        return status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " is not among " + status().conditions()));
    }

    byte[] opened(Sealed sealed) {
        return sealer.open(UID, sealed);
    }

    /** A platform whose three servers and two agents are nodes, and which is ready. */
    void standing() {
        tell(Samples.platform());
        slots(five(Slot.State.PLANNED));
        settle();
        slots(five(Slot.State.ACTIVE));
        List.of("s1", "s2", "s3").forEach(name -> cluster.joins(name, Slot.Role.SERVER));
        List.of("a1", "a2").forEach(name -> cluster.joins(name, Slot.Role.AGENT));
        settle();
    }

    static Slot[] five(Slot.State state) {
        return new Slot[] {
            Samples.server("s1", state),
            Samples.server("s2", state),
            Samples.server("s3", state),
            Samples.agent("a1", state),
            Samples.agent("a2", state)
        };
    }
}
