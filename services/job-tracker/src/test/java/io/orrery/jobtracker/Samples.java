package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.PlatformStatus.Removal;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import io.orrery.jobtracker.registry.JobCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts and documents that tests tell. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String JOBS_SECTION = "  jobs: {}\n";

    private Samples() {}

    public static PlatformStatus platform(PlatformName name, Uid uid) {
        return platform(name, uid, JOBS_SECTION, Optional.empty());
    }

    public static PlatformStatus removed(PlatformName name, Uid uid) {
        return platform(name, uid, JOBS_SECTION, Optional.of(new Removal(NOON, false, Set.of())));
    }

    /** @param jobs the document's section on jobs, as YAML */
    public static PlatformStatus platform(PlatformName name, Uid uid, String jobs, Optional<Removal> removal) {
        var yaml = """
                metadata: {name: %s}
                spec:
                  cloud: {name: sandbox}
                  pools:
                    - {name: control, role: server, count: 1, flavor: eo1.large}
                    - {name: workers, role: agent, count: 2, flavor: eo2.xlarge}
                  openeo:
                    host: openeo.example.org
                    collections: {url: "https://example.org/layercatalog.json"}
                """.formatted(name);
        return new PlatformStatus(name, uid, 1, document(yaml + jobs), false, removal, NOON);
    }

    private static Platform document(String yaml) {
        try {
            return switch (PlatformReader.read(new YAMLMapper().readValue(yaml, Map.class))) {
                case Reading.Valid valid -> valid.platform();
                case Reading.Invalid invalid -> throw new IllegalArgumentException(invalid.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ClusterStatus cluster(PlatformName name, Uid uid, Sealed kubeconfig) {
        return new ClusterStatus(
                name,
                uid,
                1,
                Phase.READY,
                List.of(),
                Optional.empty(),
                Optional.of(new ClusterStatus.Access(URI.create("https://127.64.0.1:6443"), kubeconfig, NOON)),
                List.of(),
                Set.of(),
                List.of(),
                List.of());
    }

    public static InfrastructureStatus infrastructure(PlatformName name, Uid uid, Foundation.Bucket bucket) {
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
                name,
                uid,
                1,
                Phase.READY,
                List.of(),
                Optional.of(foundation),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    public static WorkloadStatus workloads(PlatformName name, Uid uid, Phase phase) {
        return new WorkloadStatus(
                name, uid, 1, phase, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    public static ObservabilityStatus observability(PlatformName name, Uid uid, Phase phase) {
        return new ObservabilityStatus(name, uid, 1, phase, List.of(), List.of(), List.of());
    }

    /** A document as openEO's web app posts it. */
    public static ObjectNode job(String id, String backend, String user) {
        return json("""
                {"job_id": "%s", "backend_id": "%s", "user_id": "%s", "title": "Sentinel-2 of May",
                 "process": {"process_graph": {"load": {"process_id": "load_collection"}}},
                 "job_options": {"log_level": "info"}, "api_version": "1.2", "status": "created",
                 "created": "2026-01-01T11:00:00Z", "updated": "2026-01-01T11:00:00Z",
                 "application_id": null, "parent_id": null}
                """.formatted(id, backend, user));
    }

    public static ObjectNode json(String text) {
        return JobCodec.readDocument(text.getBytes(UTF_8));
    }

    public static JsonNode tree(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
