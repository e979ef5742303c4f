package io.orrery.provisioner.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Access;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import io.orrery.provisioner.openstack.CloudsYaml;
import io.orrery.provisioner.openstack.OpenStackClouds;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The provisioner's reconciler on a cloud, with the other stages played by hand and facts kept in memory. */
final class Works implements AutoCloseable {

    static final PlatformName DEMO = PlatformName.of("demo");

    private static final String EODATA = "eodata";

    static final String DOCUMENT = """
            apiVersion: orrery/v1
            kind: Platform
            metadata: {name: demo}
            spec:
              cloud: {name: sandbox, region: RegionOne}
              image: {name: "Ubuntu 22.04 LTS"}
              network: {attach: [eodata]}
              pools:
                - {name: control, role: server, count: 3, flavor: eo1.large}
                - {name: workers, role: agent, count: 2, flavor: eo1.large}
              storage:
                s3: {endpoint: "http://s3.example.org", credentials: keys}
              openeo:
                host: openeo.example.org
                collections: {inline: [{id: ONE}]}
            """;

    /** The same with two machines. */
    static final String SMALL =
            DOCUMENT.replace("server, count: 3", "server, count: 1").replace("agent, count: 2", "agent, count: 1");

    /** Null on a genuine cloud. */
    final OpenStackEmulator cloud;

    final AdjustableClock clock = new AdjustableClock();
    final FactTables facts = new FactTables();
    final LocalTeller teller = new LocalTeller(facts, clock);
    final InMemoryBuckets buckets = new InMemoryBuckets();
    final Sealer sealer;
    private final CloudUnderTest under;
    private final Buckets store;
    private final String networkOfOthers;
    private final Set<String> before;
    private Optional<ByHand> byHand = Optional.empty();

    /** The platform that all here is about. */
    PlatformName name = DEMO;

    /** How long what is seen of a platform that stands is good enough; taken at the next restart. */
    Duration leisure = Duration.ZERO;

    private final AtomicInteger suffixes = new AtomicInteger();
    private Optional<Archive.Place> archive = Optional.empty();
    private InfrastructureReconciler reconciler;
    private Clouds clouds;

    Works() {
        this(OpenStackSettings.defaults());
    }

    Works(OpenStackSettings settings) {
        this(CloudUnderTest.emulated(settings), Optional.empty());
    }

    Works(CloudUnderTest under) {
        this(under, Optional.empty());
    }

    /** @param store where buckets are; else they are kept in memory */
    Works(CloudUnderTest under, Optional<Buckets> store) {
        this.under = under;
        this.store = store.orElse(buckets);
        cloud = under.emulator().orElse(null);
        networkOfOthers = cloud == null ? borrowedNetwork() : EODATA;
        before = cloud == null ? marked() : Set.of();
        try {
            var keysets = new Keysets(Files.createTempDirectory("works").resolve("keys"));
            keysets.create();
            sealer = new Sealer(keysets);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        restart();
    }

    /** Somebody edits the file in which the cloud is described. */
    void cloudsYaml(String text) {
        try {
            Files.writeString(under.cloudsYaml(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on certificates are kept there. */
    void keepCertificatesIn(Archive.Place place) {
        archive = Optional.of(place);
        restart();
    }

    /** A new process: it knows the facts, and nothing else. */
    void restart() {
        restart(UnaryOperator.identity(), store, teller);
    }

    /** The same, but it will die. */
    void restart(Mortal mortal) {
        restart(mortal::clouds, mortal.buckets(store), mortal.teller(teller));
    }

    private void restart(UnaryOperator<Clouds> around, Buckets reached, Facts.Teller voice) {
        var manners = new OpenStackClouds.Manners(Duration.ofSeconds(5), under.answer(), 16)
                .with(1000, Duration.ofMillis(5), Duration.ofMillis(50));
        var yaml = new CloudsYaml(List.of(under.cloudsYaml()));
        clouds = new OpenStackClouds(yaml, manners, clock, new SimpleMeterRegistry());
        var settings = new Settings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ZERO,
                leisure,
                Duration.ofMinutes(5),
                Duration.ofMillis(20),
                Duration.ofMinutes(5));
        reconciler = new InfrastructureReconciler(
                facts,
                voice,
                around.apply(clouds),
                reached,
                new Archive(reached, archive),
                sealer,
                activity -> {},
                () -> "s" + suffixes.incrementAndGet(),
                settings,
                clock);
    }

    Preview.Plan preview(String yaml) {
        return new Preview(facts, clouds, clock).of(document(yaml));
    }

    Outcome pass() {
        return reconciler.reconcile(name);
    }

    /** Until the document is as wished last, and all is as it says. */
    void untilSettled() {
        untilInfrastructure(status -> status.phase() == Phase.READY
                && status.observedGeneration()
                        == facts.about(name).platform().orElseThrow().generation());
    }

    /** Passes, with the cluster service playing along, until it holds. */
    void untilInfrastructure(Predicate<InfrastructureStatus> holds) {
        until(() -> infrastructure().filter(holds).isPresent());
    }

    void until(BooleanSupplier holds) {
        try {
            Awaitility.await()
                    .atMost(under.patience())
                    .pollInterval(under.beat())
                    .until(() -> {
                        pass();
                        return holds.getAsBoolean();
                    });
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    infrastructure().map(InfrastructureStatus::conditions).toString(), late);
        }
    }

    void untilReady() {
        untilReady(DOCUMENT);
    }

    void untilReady(String yaml) {
        wish(yaml);
        untilInfrastructure(status -> status.foundation().isPresent());
        prepareBootstrap(1);
        untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    /** After something was changed: until nothing is left to do about it. */
    void untilReadyAgain() {
        pass();
        untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    Buckets store() {
        return store;
    }

    Optional<InfrastructureStatus> infrastructure() {
        return facts.about(name).infrastructure();
    }

    /** Of the thing that the ledger has under this key; empty while it is not there. */
    String id(String key) {
        return infrastructure().orElseThrow().resources().stream()
                .filter(line -> line.key().equals(key) && line.state() == Resource.State.PRESENT)
                .findFirst()
                .flatMap(Resource::id)
                .orElse("");
    }

    List<Slot> slots() {
        return infrastructure().map(InfrastructureStatus::slots).orElse(List.of());
    }

    /** On a genuine cloud its own names stand for those of the emulator. */
    private Platform document(String yaml) {
        var here = yaml.replace("{name: sandbox,", "{name: %s,".formatted(under.name()))
                .replace("[" + EODATA, "[" + networkOfOthers);
        var tree = new Load(LoadSettings.builder().build()).loadFromString(here);
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new IllegalArgumentException(invalid.toString());
        };
    }

    void wish(String yaml) {
        var former = facts.about(name).platform();
        teller.tell(new PlatformStatus(
                name,
                former.map(PlatformStatus::uid).orElseGet(() -> new Uid(UUID.randomUUID())),
                former.map(PlatformStatus::generation).orElse(0L) + 1,
                document(yaml),
                false,
                Optional.empty(),
                clock.instant()));
    }

    void pause(boolean paused) {
        var former = facts.about(name).platform().orElseThrow();
        teller.tell(former.paused(paused));
    }

    /** The uid of a platform that is wished, before anything is done for it. */
    Uid foretell(String yaml) {
        wish(yaml);
        return uid();
    }

    void writeOff(Set<String> machines) {
        teller.tell(facts.about(name).platform().orElseThrow().writingOff(machines));
    }

    void wishRemoval() {
        var former = facts.about(name).platform().orElseThrow();
        teller.tell(new PlatformStatus(
                name,
                former.uid(),
                former.generation(),
                former.document(),
                false,
                Optional.of(new PlatformStatus.Removal(clock.instant(), false, Set.of())),
                former.created()));
    }

    Uid uid() {
        return facts.about(name).platform().orElseThrow().uid();
    }

    /** Cluster's first word: user-data for all roles. */
    void prepareBootstrap(int incarnation) {
        var init = slots().stream().filter(Slot::init).findFirst().orElseThrow().name();
        tellCluster(
                Phase.PROGRESSING,
                Optional.of(new Bootstrap(
                        incarnation,
                        Optional.of(init),
                        Optional.of(userData("init")),
                        userData("server"),
                        userData("agent"),
                        sealer.seal(Sealed.Purpose.CLUSTER_KEYS, uid(), new byte[] {1}))),
                Optional.empty(),
                Set.of());
    }

    void standCluster(Set<String> released) {
        var bootstrap =
                facts.about(name).cluster().flatMap(ClusterStatus::bootstrap).map(Works::founded);
        tellCluster(
                Phase.READY,
                bootstrap,
                Optional.of(new Access(
                        URI.create("https://127.0.0.1:6443"),
                        sealer.seal(Sealed.Purpose.KUBECONFIG, uid(), new byte[] {2}),
                        Instant.EPOCH)),
                released);
    }

    /** Once ready, nobody gets the first machine's user-data again. */
    private static Bootstrap founded(Bootstrap bootstrap) {
        return new Bootstrap(
                bootstrap.incarnation(),
                Optional.empty(),
                Optional.empty(),
                bootstrap.server(),
                bootstrap.agent(),
                bootstrap.keys());
    }

    private void tellCluster(
            Phase phase, Optional<Bootstrap> bootstrap, Optional<Access> access, Set<String> released) {
        teller.tell(new ClusterStatus(
                name, uid(), 1, phase, List.of(), bootstrap, access, nodes(), released, List.of(), List.of()));
    }

    /** Every machine that runs is a node, as soon as it is looked for. */
    private List<ClusterStatus.Node> nodes() {
        return slots().stream()
                .filter(slot -> slot.state() == Slot.State.ACTIVE)
                .map(slot -> new ClusterStatus.Node(slot.name(), slot.role(), true, "v1.35.4+rke2r1"))
                .toList();
    }

    private Sealed userData(String role) {
        return sealer.seal(Sealed.Purpose.BOOTSTRAP, uid(), ("#cloud-config " + role).getBytes(UTF_8));
    }

    /** All later stages say that their part is gone. */
    void removeLaterStages() {
        var uid = uid();
        teller.tell(new ClusterStatus(
                name,
                uid,
                1,
                Phase.REMOVED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                List.of(),
                List.of("a volume of which nobody knows")));
        teller.tell(new TrackingStatus(name, uid, 1, Phase.REMOVED, List.of(), Optional.empty(), null, List.of()));
        teller.tell(new WorkloadStatus(
                name, uid, 1, Phase.REMOVED, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of()));
        teller.tell(new ObservabilityStatus(name, uid, 1, Phase.REMOVED, List.of(), List.of(), List.of()));
    }

    void untilRemoved() {
        wishRemoval();
        removeLaterStages();
        untilInfrastructure(status -> status.phase() == Phase.REMOVED);
    }

    /** Somebody else of the project, signed in with its password. */
    ByHand byHand() {
        if (byHand.isEmpty()) {
            byHand = Optional.of(new ByHand(under));
        }
        return byHand.get();
    }

    /** The network that documents call eodata; on a genuine cloud it is made for this run. */
    private String borrowedNetwork() {
        var called = EODATA + "-" + UUID.randomUUID().toString().substring(0, 8);
        var id = byHand().make(ByHand.NETWORK + "/networks", "{\"network\": {\"name\": \"%s\"}}".formatted(called));
        byHand().make(ByHand.NETWORK + "/subnets", """
                {"subnet": {"network_id": "%s", "ip_version": 4, "cidr": "10.97.0.0/24"}}""".formatted(id));
        return called;
    }

    /** Kind and name of all on the cloud that is ours. */
    Set<String> ours() {
        var ours = new HashSet<>(marked());
        ours.removeAll(before);
        return ours;
    }

    /** Names of what is ours, of one kind. */
    List<String> ours(String kind) {
        return ours().stream()
                .filter(words -> words.startsWith(kind + " "))
                .map(words -> words.substring(kind.length() + 1))
                .toList();
    }

    /** EC2 credentials bear no name: all are taken for ours. */
    private Set<String> marked() {
        return Stream.concat(
                        byHand().called("orrery-").stream(),
                        byHand().accessKeys().stream().map(key -> "ec2-credential " + key))
                .collect(Collectors.toSet());
    }

    /** A genuine cloud is left as it was found. */
    @Override
    public void close() {
        try {
            if (cloud == null) {
                cleanUp();
            }
        } finally {
            byHand.ifPresent(ByHand::close);
            under.close();
        }
    }

    private void cleanUp() {
        byHand().undo();
        if (facts.about(name).platform().isPresent()) {
            pause(false);
            untilRemoved();
        }
        byHand().undo();
    }
}
