package io.orrery.cli.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Submits a batch job as openEO's web app does: the document in the registry, the specification in S3, then the
 * SparkApplication, and its name in the registry.
 */
final class DemoJob {

    /** What the web app of this platform would have in its environment. */
    record Environment(
            String platform,
            String namespace,
            String image,
            S3Client s3,
            URI s3Endpoint,
            String accessKey,
            String secretKey,
            String bucket,
            RegistryClient registry,
            String kubeconfig) {}

    private static final String USER = "demo-user";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> PROCESS = Map.of(
            "process_graph",
            Map.of(
                    "load",
                    Map.of(
                            "process_id",
                            "load_collection",
                            "arguments",
                            Map.of(
                                    "id", "SENTINEL2_L2A",
                                    "spatial_extent", Map.of("west", 5.0, "south", 51.2, "east", 5.1, "north", 51.3),
                                    "temporal_extent", List.of("2026-06-01", "2026-06-11"),
                                    "bands", List.of("B04", "B08"))),
                    "save",
                    Map.of(
                            "process_id",
                            "save_result",
                            "arguments",
                            Map.of("data", Map.of("from_node", "load"), "format", "GTiff"),
                            "result",
                            true)));

    private final Environment environment;
    private final Clock clock;
    private final String id;
    private final String application = "a-" + UUID.randomUUID().toString().replace("-", "");

    DemoJob(Environment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
        this.id = "j-"
                + DateTimeFormatter.ofPattern("yyMMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant())
                + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    String id() {
        return id;
    }

    void submit() {
        var registry = environment.registry();
        registry.create(Map.of(
                "job_id",
                id,
                "backend_id",
                environment.platform(),
                "user_id",
                USER,
                "title",
                "NDVI bands of a small field",
                "process",
                PROCESS,
                "status",
                "created",
                "created",
                now(),
                "updated",
                now(),
                "api_version",
                "1.2.0",
                "job_options",
                Map.of()));
        upload();
        registry.patch(id, Map.of("status", "queued", "updated", now()));
        createApplication();
        registry.patch(id, Map.of("application_id", application));
        registry.patch(
                id,
                Map.of("results_metadata_uri", "s3://" + environment.bucket() + "/" + folder() + "/job_metadata.json"));
    }

    private void upload() {
        var specification = json(Map.of("process_graph", PROCESS.get("process_graph"), "job_options", Map.of()));
        environment
                .s3()
                .putObject(
                        request -> request.bucket(environment.bucket()).key(folder() + "/job_specification.json"),
                        RequestBody.fromBytes(specification));
    }

    private void createApplication() {
        var config = Config.fromKubeconfig(environment.kubeconfig());
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            client.resource(sparkApplication())
                    .inNamespace(environment.namespace())
                    .create();
        }
    }

    private GenericKubernetesResource sparkApplication() {
        var text = template();
        for (var value : values().entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return Serialization.unmarshal(text, GenericKubernetesResource.class);
    }

    private Map<String, String> values() {
        return Map.of(
                "application", application,
                "user", USER,
                "job", id,
                "image", environment.image(),
                "endpoint", environment.s3Endpoint().toString(),
                "bucket", environment.bucket(),
                "accessKey", environment.accessKey(),
                "secretKey", environment.secretKey());
    }

    private static String template() {
        try (var stream = DemoJob.class.getResourceAsStream("/demo-job.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String folder() {
        return "batch_jobs/" + id;
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
