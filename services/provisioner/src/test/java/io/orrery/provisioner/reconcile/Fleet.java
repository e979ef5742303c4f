package io.orrery.provisioner.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import io.orrery.provisioner.openstack.CloudsYaml;
import io.orrery.provisioner.openstack.OpenStackClouds;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Backoff;
import io.orrery.reconciler.loop.Loop;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Many platforms in one project, kept by the provisioner's loop with its usual settings; user-data is there at once. */
final class Fleet implements AutoCloseable {

    private static final Clock CLOCK = Clock.systemUTC();

    private final FactTables facts = new FactTables();
    private final LocalTeller teller = new LocalTeller(facts, CLOCK);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<PlatformName, AtomicLong> passes = new ConcurrentHashMap<>();
    private final CloudProcess cloud;
    private final Sealer sealer;
    private final Loop loop;

    /** @param cloud is closed with it */
    Fleet(Path folder, CloudProcess cloud) throws IOException, GeneralSecurityException {
        this.cloud = cloud;
        var keysets = new Keysets(folder.resolve("keys"));
        keysets.create();
        sealer = new Sealer(keysets);
        var buckets = new InMemoryBuckets();
        var manners = new OpenStackClouds.Manners(Duration.ofSeconds(5), Duration.ofSeconds(60), 16);
        var clouds = new OpenStackClouds(new CloudsYaml(List.of(cloud.cloudsYaml())), manners, CLOCK, meters);
        var reconciler = new InfrastructureReconciler(
                facts,
                teller,
                clouds,
                buckets,
                new Archive(buckets, Optional.empty()),
                sealer,
                activity -> {},
                () -> UUID.randomUUID().toString().substring(0, 5),
                Settings.USUAL,
                CLOCK);
        var settings = new Loop.Settings(
                Duration.ofSeconds(30),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
                16,
                Duration.ofSeconds(5));
        loop = new Loop(settings, reconciler, name -> facts.names().contains(name), this::count, CLOCK);
        facts.onChange((topic, platform) -> follow(platform));
    }

    private void count(PlatformName platform, Outcome outcome) {
        passes.computeIfAbsent(platform, name -> new AtomicLong()).incrementAndGet();
    }

    /** Wakes as facts of other stages do, and plays cluster: user-data for all roles as soon as there are slots. */
    private void follow(PlatformName platform) {
        var about = facts.about(platform);
        var founded = about.infrastructure()
                .filter(status -> status.foundation().isPresent())
                .map(InfrastructureStatus::slots)
                .filter(slots -> slots.stream().anyMatch(Slot::init));
        if (founded.isPresent() && about.cluster().isEmpty()) {
            Thread.startVirtualThread(() -> bootstrap(about.platform().orElseThrow(), founded.get()));
        }
    }

    private void bootstrap(PlatformStatus platform, List<Slot> slots) {
        var uid = platform.uid();
        var init = slots.stream().filter(Slot::init).findFirst().orElseThrow().name();
        var bootstrap = new Bootstrap(
                1,
                Optional.of(init),
                Optional.of(userData(uid)),
                userData(uid),
                userData(uid),
                sealer.seal(Sealed.Purpose.CLUSTER_KEYS, uid, new byte[] {1}));
        teller.tell(new ClusterStatus(
                platform.platform(),
                uid,
                1,
                Phase.PROGRESSING,
                List.of(),
                Optional.of(bootstrap),
                Optional.empty(),
                List.of(),
                Set.of(),
                List.of(),
                List.of()));
        loop.wake(platform.platform());
    }

    private Sealed userData(Uid uid) {
        return sealer.seal(Sealed.Purpose.BOOTSTRAP, uid, "#cloud-config".getBytes(UTF_8));
    }

    int size() {
        return facts.names().size();
    }

    /** Wishes for a platform. */
    PlatformName add(int servers, int agents) {
        var name = PlatformName.of(
                "p" + passes.size() + "-" + UUID.randomUUID().toString().substring(0, 8));
        passes.put(name, new AtomicLong());
        teller.tell(new PlatformStatus(
                name,
                new Uid(UUID.randomUUID()),
                1,
                document(name, servers, agents),
                false,
                Optional.empty(),
                CLOCK.instant()));
        loop.wake(name);
        return name;
    }

    void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(15))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> facts.names().stream().allMatch(this::isReady));
    }

    private boolean isReady(PlatformName name) {
        return facts.about(name)
                .infrastructure()
                .filter(status -> status.phase() == Phase.READY)
                .isPresent();
    }

    /** Every platform is looked at once more, all at the same time, as after a restart, when the last look is stale. */
    void resync() {
        Awaitility.await()
                .pollDelay(Settings.USUAL.leisure().plus(Settings.USUAL.freshness()))
                .atMost(Duration.ofMinutes(1))
                .until(() -> true);
        var before = facts.names().stream()
                .collect(Collectors.toMap(name -> name, name -> passes.get(name).get()));
        facts.names().forEach(loop::wake);
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> before.entrySet().stream()
                        .allMatch(entry -> passes.get(entry.getKey()).get() > entry.getValue()));
    }

    /** Resources made, of all platforms, as the ledger has them. */
    long resources() {
        return facts.names().stream()
                .flatMap(name -> facts.about(name).infrastructure().stream())
                .mapToLong(status -> status.resources().size())
                .sum();
    }

    /** Calls to the cloud so far. */
    long calls() {
        return Math.round(meters.find("orrery.cloud.calls").counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    /** Of these, the ones that change something. */
    long changes() {
        return Math.round(meters.find("orrery.cloud.calls").counters().stream()
                .filter(counter -> !"GET".equals(counter.getId().getTag("verb"))
                        && !"identity".equals(counter.getId().getTag("service")))
                .mapToDouble(Counter::count)
                .sum());
    }

    private static Platform document(PlatformName name, int servers, int agents) {
        var yaml = """
                apiVersion: orrery/v1
                kind: Platform
                metadata: {name: %s}
                spec:
                  cloud: {name: sandbox, region: RegionOne}
                  image: {name: "Ubuntu 22.04 LTS"}
                  pools:
                    - {name: control, role: server, count: %d, flavor: eo1.large}
                    - {name: workers, role: agent, count: %d, flavor: eo1.large}
                  storage:
                    s3: {endpoint: "http://s3.example.org", credentials: keys}
                  openeo:
                    host: openeo.example.org
                    collections: {inline: [{id: ONE}]}
                """.formatted(name, servers, agents);
        return switch (PlatformReader.read(new Load(LoadSettings.builder().build()).loadFromString(yaml))) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new IllegalArgumentException(invalid.toString());
        };
    }

    @Override
    public void close() {
        loop.close();
        cloud.close();
    }
}
