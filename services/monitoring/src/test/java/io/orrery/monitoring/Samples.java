package io.orrery.monitoring;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.PlatformStatus.Removal;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.seal.Sealer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts that tests tell. */
public final class Samples {

    public static final PlatformName DEMO = new PlatformName("demo");
    public static final Uid UID = Uid.of("00000000-0000-4000-8000-000000000001");
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final String IMAGE = "registry.example.org/openeo-geotrellis-kube:1";

    private Samples() {}

    public static PlatformStatus platform() {
        return new PlatformStatus(DEMO, UID, 1, document(true), false, Optional.empty(), NOON);
    }

    public static PlatformStatus removing() {
        return new PlatformStatus(
                DEMO, UID, 1, document(true), false, Optional.of(new Removal(NOON, false, Set.of())), NOON);
    }

    public static Platform document(boolean historyServer) {
        var tree = Map.of(
                "apiVersion",
                "orrery/v1",
                "kind",
                "Platform",
                "metadata",
                Map.of("name", "demo"),
                "spec",
                Map.of(
                        "cloud", Map.of("name", "sandbox", "region", "RegionOne"),
                        "pools",
                                List.of(
                                        Map.of("name", "control", "role", "server", "count", 1, "flavor", "a"),
                                        Map.of("name", "workers", "role", "agent", "count", 1, "flavor", "a")),
                        "openeo",
                                Map.of(
                                        "image",
                                        IMAGE,
                                        "host",
                                        "openeo.example.org",
                                        "collections",
                                        Map.of("inline", List.of(Map.of("id", "S2")))),
                        "monitoring", Map.of("historyServer", historyServer)));
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    public static InfrastructureStatus infrastructure(Sealer sealer) {
        var keys = sealer.seal(Purpose.S3, UID, FactCodec.write(new S3Keys("access", "secret")));
        var bucket = new Foundation.Bucket(URI.create("http://127.0.0.1:9000"), "RegionOne", "demo-openeo", keys);
        var foundation = new Foundation(
                "net",
                "subnet",
                "10.20.0.0/24",
                1500,
                "10.20.0.5",
                "127.64.0.1",
                "image",
                Optional.of(bucket),
                Optional.empty(),
                List.of());
        return new InfrastructureStatus(
                DEMO,
                UID,
                1,
                Phase.READY,
                List.of(),
                Optional.of(foundation),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    public static ClusterStatus cluster(Sealer sealer, String kubeconfig) {
        var sealed = sealer.seal(Purpose.KUBECONFIG, UID, kubeconfig.getBytes(StandardCharsets.UTF_8));
        return new ClusterStatus(
                DEMO,
                UID,
                1,
                Phase.READY,
                List.of(),
                Optional.empty(),
                Optional.of(new ClusterStatus.Access(URI.create("https://127.64.0.1:6443"), sealed, NOON)),
                List.of(),
                Set.of(),
                List.of(),
                List.of());
    }
}
