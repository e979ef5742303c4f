package io.orrery.cluster;

import io.orrery.cluster.keys.RsaKeys;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Slot;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.TrackingStatus.Tracker;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Facts that tests begin with. */
public final class Samples {

    public static final PlatformName DEMO = PlatformName.of("demo");
    public static final Uid UID = new Uid(UUID.fromString("11111111-2222-4333-8444-555555555555"));
    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    /** One key for all: what is tested with it does not depend on which it is. */
    private static final KeyPair RSA_KEY = RsaKeys.find();

    private Samples() {}

    public static RsaKeys rsaKeys() {
        return new RsaKeys(() -> RSA_KEY);
    }

    public static Platform document(Map<String, Object> kubernetes, Map<String, Object> workers) {
        return document(kubernetes, workers, Map.of());
    }

    public static Platform document(
            Map<String, Object> kubernetes, Map<String, Object> workers, Map<String, Object> network) {
        var pools = kubernetes.containsKey("existing")
                ? List.of()
                : List.of(Map.of("name", "control", "role", "server", "count", 3, "flavor", "eo1.large"), workers);
        var collections = Map.of("inline", List.of(Map.of("id", "S2")));
        var spec = new HashMap<String, Object>(Map.of(
                "kubernetes", kubernetes,
                "pools", pools,
                "openeo", Map.of("host", "openeo.example.org", "collections", collections)));
        if (kubernetes.containsKey("existing")) {
            spec.put("storage", Map.of("s3", Map.of("endpoint", "https://s3.example.org", "credentials", "theirs")));
        } else {
            spec.put("cloud", Map.of("name", "sandbox", "region", "RegionOne"));
            spec.put("network", network);
        }
        var tree = Map.of(
                "apiVersion", "orrery/v1", "kind", "Platform", "metadata", Map.of("name", DEMO.value()), "spec", spec);
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new IllegalArgumentException(invalid.toString());
        };
    }

    public static Platform document() {
        return document(Map.of(), workers());
    }

    public static Map<String, Object> workers() {
        return Map.of("name", "workers", "role", "agent", "count", 2, "flavor", "eo2.xlarge");
    }

    public static PlatformStatus platform() {
        return platform(document());
    }

    public static PlatformStatus platform(Platform document) {
        return new PlatformStatus(DEMO, UID, 1, document, false, Optional.empty(), NOON);
    }

    public static PlatformStatus removing(PlatformStatus platform) {
        return new PlatformStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                platform.document(),
                platform.paused(),
                Optional.of(new PlatformStatus.Removal(NOON, false, Set.of())),
                platform.created());
    }

    public static PlatformStatus paused(PlatformStatus platform) {
        return new PlatformStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                platform.document(),
                true,
                platform.removal(),
                platform.created());
    }

    public static Foundation foundation() {
        return new Foundation(
                "network",
                "subnet",
                "10.20.0.0/24",
                1500,
                "10.20.0.5",
                "127.64.0.7",
                "image",
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public static InfrastructureStatus infrastructure(Slot... slots) {
        return new InfrastructureStatus(
                DEMO,
                UID,
                1,
                Phase.PROGRESSING,
                List.of(),
                Optional.of(foundation()),
                Arrays.asList(slots),
                List.of(),
                Optional.empty(),
                List.of());
    }

    public static InfrastructureStatus ofGeneration(long generation, InfrastructureStatus status) {
        return new InfrastructureStatus(
                status.platform(),
                status.uid(),
                generation,
                status.phase(),
                status.conditions(),
                status.foundation(),
                status.slots(),
                status.resources(),
                status.certificate(),
                status.abandoned());
    }

    public static Slot server(String name, Slot.State state) {
        return slot(name, "control", Slot.Role.SERVER, state);
    }

    public static Slot agent(String name, Slot.State state) {
        return slot(name, "workers", Slot.Role.AGENT, state);
    }

    private static Slot slot(String name, String pool, Slot.Role role, Slot.State state) {
        var machine = state == Slot.State.PLANNED ? Optional.<String>empty() : Optional.of("id-of-" + name);
        return new Slot(
                name, pool, role, state, false, 1, machine, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Slot ofIncarnation(int incarnation, Slot slot) {
        return slot.of(incarnation);
    }

    /** The statuses of all later stages, in one phase. */
    public static List<StageStatus> laterStages(Phase phase) {
        return List.of(
                new TrackingStatus(
                        DEMO, UID, 1, phase, List.of(), Optional.empty(), new Tracker(false, Map.of()), List.of()),
                new WorkloadStatus(
                        DEMO, UID, 1, phase, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of()),
                new ObservabilityStatus(DEMO, UID, 1, phase, List.of(), List.of(), List.of()));
    }
}
