package io.orrery.sparkdeployer.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.orrery.contracts.Activity;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Topics;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.sparkdeployer.reconcile.Clusters;
import io.orrery.sparkdeployer.reconcile.Outside;
import io.orrery.sparkdeployer.reconcile.Preview;
import io.orrery.sparkdeployer.reconcile.Settings;
import io.orrery.sparkdeployer.reconcile.WorkloadsReconciler;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** One platform, what the other stages tell of it, and the reconciler; without Kafka. */
public final class World {

    public static final PlatformName DEMO = new PlatformName("demo");
    public static final Uid UID = Uid.of("11111111-0000-4000-8000-000000000001");

    public static final String ONE_COLLECTION = """
            [{id: S2, description: Sentinel-2, license: proprietary, extent: {}, "cube:dimensions": {},
              _vito: {data_source: {type: stac, url: "https://stac.example.org/s2"}}}]""";

    public static final String TWO_COLLECTIONS = """
            [{id: S2, description: Sentinel-2, license: proprietary, extent: {}, "cube:dimensions": {},
              _vito: {data_source: {type: stac, url: "https://stac.example.org/s2"}}},
             {id: S1, description: Sentinel-1, license: proprietary, extent: {}, "cube:dimensions": {},
              _vito: {data_source: {type: stac, url: "https://stac.example.org/s1"}}}]""";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    public final HandClock clock = new HandClock();
    public final FactTables facts = new FactTables();
    public final LocalTeller teller = new LocalTeller(facts, clock);
    public final List<Activity> activities = new CopyOnWriteArrayList<>();
    public final Map<String, Map<String, String>> credentials = new ConcurrentHashMap<>();
    public final Map<URI, String> files = new ConcurrentHashMap<>();
    public final Settings settings =
            new Settings(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofMinutes(10));
    private final Outside outside = new Outside(
            (uid, secret) -> Base64.getDecoder().decode(secret.ciphertext()),
            name -> Optional.ofNullable(credentials.get(name)),
            (url, sha256) -> Optional.ofNullable(files.get(url)).orElseThrow(() -> new IOException("no " + url)));
    private final WorkloadsReconciler reconciler;
    private final BiFunction<Sealed.Purpose, String, Sealed> seal;
    private long generation;

    /** With seals that anybody can open. */
    public World(Clusters clusters) {
        this(clusters, World::openly);
    }

    public World(Clusters clusters, BiFunction<Sealed.Purpose, String, Sealed> seal) {
        this.seal = seal;
        reconciler = new WorkloadsReconciler(facts, teller, clusters, outside, activities::add, settings, clock);
    }

    public Outcome pass() {
        try {
            return reconciler.reconcile(DEMO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public WorkloadStatus status() {
        return facts.about(DEMO).workloads().orElseThrow();
    }

    public Preview preview() {
        return new Preview(facts, outside);
    }

    /** @param openeo further keys of spec.openeo, as YAML in braces' insides */
    public World wish(String collections, String openeo) {
        return wish("""
                metadata: {name: demo}
                spec:
                  cloud: {name: sandbox}
                  pools:
                    - {name: control, role: server, count: 1, flavor: eo1.large}
                    - {name: workers, role: agent, count: 1, flavor: eo1.large}
                  openeo: {host: openeo.example.org, driver: {memory: 1g}, executors: {instances: 1, memory: 1g},
                    collections: {%s}%s}
                """.formatted(collections, openeo.isEmpty() ? "" : ", " + openeo));
    }

    public World wishInline(String collections) {
        return wish("inline: " + collections, "");
    }

    public World wish(String yaml) {
        teller.tell(wished(read(yaml), false, Optional.empty()));
        return this;
    }

    public World pause() {
        teller.tell(wished(document(), true, Optional.empty()));
        return this;
    }

    public World wishAway() {
        teller.tell(
                wished(document(), false, Optional.of(new PlatformStatus.Removal(clock.instant(), false, Set.of()))));
        return this;
    }

    public World forgetPlatform() {
        teller.forget(Topics.PLATFORMS, DEMO);
        return this;
    }

    private PlatformStatus wished(Platform document, boolean paused, Optional<PlatformStatus.Removal> removal) {
        generation += facts.about(DEMO)
                        .platform()
                        .filter(former -> former.document().equals(document))
                        .isPresent()
                ? 0
                : 1;
        return new PlatformStatus(DEMO, UID, generation, document, paused, removal, clock.instant());
    }

    private Platform document() {
        return facts.about(DEMO).platform().orElseThrow().document();
    }

    public static Platform read(String yaml) {
        return switch (PlatformReader.read(YAML.unmarshal(yaml, Map.class))) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid ->
                throw new IllegalArgumentException(invalid.violations().toString());
        };
    }

    public World cluster(Phase phase, String kubeconfig) {
        var access = new ClusterStatus.Access(
                URI.create("https://127.0.0.1:6443"),
                seal.apply(Sealed.Purpose.KUBECONFIG, kubeconfig),
                Instant.parse("2030-01-01T00:00:00Z"));
        teller.tell(new ClusterStatus(
                DEMO,
                UID,
                generation,
                phase,
                List.of(),
                Optional.empty(),
                Optional.of(access),
                List.of(),
                Set.of(),
                List.of(),
                List.of()));
        return this;
    }

    public World registry(URI api, URI issuer) {
        var registry = new TrackingStatus.Registry(
                api, issuer, "demo", seal.apply(Sealed.Purpose.REGISTRY, StubRegistry.CLIENT));
        teller.tell(new TrackingStatus(
                DEMO,
                UID,
                generation,
                Phase.PROGRESSING,
                List.of(),
                Optional.of(registry),
                new TrackingStatus.Tracker(false, Map.of()),
                List.of()));
        return this;
    }

    public World bucket() {
        var keys = seal.apply(
                Sealed.Purpose.S3, "{\"accessKey\": \"access-of-bucket\", \"secretKey\": \"secret-of-bucket\"}");
        var bucket = new Foundation.Bucket(URI.create("http://127.0.0.1:9000"), "RegionOne", "demo-openeo", keys);
        var foundation = new Foundation(
                "n",
                "s",
                "10.20.0.0/24",
                1500,
                "10.20.0.2",
                "127.64.0.1",
                "i",
                Optional.of(bucket),
                Optional.empty(),
                List.of());
        teller.tell(new InfrastructureStatus(
                DEMO,
                UID,
                generation,
                Phase.READY,
                List.of(),
                Optional.of(foundation),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()));
        return this;
    }

    public World observability(Phase phase) {
        teller.tell(new ObservabilityStatus(DEMO, UID, generation, phase, List.of(), List.of(), List.of()));
        return this;
    }

    public List<String> done() {
        return new ArrayList<>(activities.stream().map(Activity::step).toList());
    }

    private static Sealed openly(Sealed.Purpose purpose, String plain) {
        return new Sealed(
                purpose,
                Integer.toHexString(plain.hashCode()),
                Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)));
    }
}
