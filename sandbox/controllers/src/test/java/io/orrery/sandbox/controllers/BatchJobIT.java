package io.orrery.sandbox.controllers;

import static io.orrery.sandbox.controllers.harness.TestCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.orrery.sandbox.backbone.Backbone;
import io.orrery.sandbox.backbone.BackboneSettings;
import io.orrery.sandbox.controllers.harness.TestCluster;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Batch jobs as openEO's web app submits them, on a genuine S3 server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchJobIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "openeo-data";

    private Backbone backbone;
    private S3Client s3;
    private TestCluster cluster;

    @BeforeAll
    void start() {
        backbone = Backbone.start(BackboneSettings.temporary());
        s3 = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(backbone.s3().endpoint())
                .region(Region.of("RegionOne"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        backbone.s3().accessKey(), backbone.s3().secretKey())))
                .forcePathStyle(true)
                .build();
        s3.createBucket(request -> request.bucket(BUCKET));
        cluster = TestCluster.start();
        cluster.join(NodeSpec.agent("batch-1").withCapacity("cpu", "64"));
        cluster.client()
                .load(BatchJobIT.class.getResourceAsStream("/sparkapplications-crd.yaml"))
                .serverSideApply();
    }

    @AfterAll
    void stop() {
        cluster.close();
        s3.close();
        backbone.close();
    }

    private void specification(String job, String content) {
        s3.putObject(
                request -> request.bucket(BUCKET).key("batch_jobs/" + job + "/job_specification.json"),
                RequestBody.fromString(content));
    }

    private Resource<GenericKubernetesResource> submit(String job, String annotations) {
        var application = """
                {"apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "SparkApplication",
                 "metadata": {"namespace": "%1$s", "name": "a-%2$s", "labels": {"correlation_id": "%2$s"}},
                 "spec": {"type": "Python", "mode": "cluster", "sparkVersion": "3.5.0", "image": "openeo:1",
                   "mainApplicationFile": "local:///opt/openeo/bin/openeo_batch.py",
                   "arguments": ["/batch_jobs/%2$s/job_specification.json", "/batch_jobs/%2$s", "out",
                     "job_metadata.json", "1.2.0", "[]", "someone@example.org", "0.1"],
                   "driver": {"cores": 1, "memory": "1g", "annotations": %3$s,
                     "labels": {"job_id": "%2$s", "openeo-role": "batch-driver"},
                     "env": [{"name": "SWIFT_URL", "value": "%4$s"}, {"name": "SWIFT_BUCKET", "value": "%5$s"},
                       {"name": "AWS_ACCESS_KEY_ID", "value": "%6$s"},
                       {"name": "AWS_SECRET_ACCESS_KEY", "value": "%7$s"}]},
                   "executor": {"cores": 1, "memory": "1g"},
                   "dynamicAllocation": {"enabled": true, "minExecutors": 2, "maxExecutors": 5}}}
                """.formatted(
                        cluster.namespace(),
                        job,
                        annotations,
                        backbone.s3().endpoint(),
                        BUCKET,
                        backbone.s3().accessKey(),
                        backbone.s3().secretKey());
        var resource = cluster.client()
                .resource(cluster.client()
                        .getKubernetesSerialization()
                        .unmarshal(application, GenericKubernetesResource.class));
        soon().untilAsserted(() -> assertThat(resource.serverSideApply()).isNotNull());
        return resource;
    }

    private static JsonNode status(Resource<GenericKubernetesResource> application) {
        return JSON.valueToTree(application.get().getAdditionalProperties().get("status"));
    }

    private static void becomes(String state, Resource<GenericKubernetesResource> application) {
        soon().untilAsserted(() -> assertThat(status(application)
                        .path("applicationState")
                        .path("state")
                        .asText())
                .isEqualTo(state));
    }

    private String log(String job) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName("a-" + job + "-driver")
                .getLog();
    }

    @Test
    void aJobWritesItsResultAndMetadata() throws IOException {
        specification("j-well", """
                {"process_graph": {
                  "load": {"process_id": "load_collection", "arguments": {"id": "S2",
                    "spatial_extent": {"west": 5.0, "south": 51.0, "east": 5.1, "north": 51.1},
                    "temporal_extent": ["2026-01-01", "2026-02-01"]}},
                  "reduce": {"process_id": "reduce_dimension", "arguments": {"data": {"from_node": "load"},
                    "reducer": {"process_graph": {"m": {"process_id": "mean", "arguments": {}, "result": true}}}}},
                  "save": {"process_id": "save_result", "arguments": {}, "result": true}}}
                """);
        var application = submit("j-well", "{}");

        becomes("COMPLETED", application);

        var metadata = JSON.readTree(
                s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("batch_jobs/j-well/job_metadata.json"))
                        .asByteArray());
        assertThat(metadata.path("unique_process_ids"))
                .extracting(JsonNode::asText)
                .containsExactly("load_collection", "mean", "reduce_dimension", "save_result");
        // A tenth of a degree each way at 51 degrees north: about 7 km by 11 km.
        assertThat(metadata.path("area").path("value").asDouble()).isBetween(77e6, 78.5e6);
        assertThat(metadata.path("bbox")).extracting(JsonNode::asDouble).containsExactly(5.0, 51.0, 5.1, 51.1);
        assertThat(metadata.path("start_datetime").asText()).isEqualTo("2026-01-01");
        assertThat(metadata.path("usage").path("input_pixel").path("value").asDouble())
                .isPositive();
        var asset = metadata.path("assets").elements().next().path("href").asText();
        assertThat(asset).startsWith("s3://" + BUCKET + "/batch_jobs/j-well/");
        assertThat(s3.headObject(request ->
                                request.bucket(BUCKET).key(asset.substring(("s3://" + BUCKET + "/").length())))
                        .contentLength())
                .isPositive();
        assertThat(status(application).path("executorState")).hasSize(2).allMatch(state -> "COMPLETED"
                .equals(state.asText()));
        assertThat(status(application).path("terminationTime").asText()).isNotEmpty();
    }

    @Test
    void aJobWithoutSpecificationFailsAndSaysSo() {
        var application = submit("j-lost", "{}");

        becomes("FAILED", application);
        assertThat(status(application)
                        .path("applicationState")
                        .path("errorMessage")
                        .asText())
                .isEqualTo("driver container failed with ExitCode: 1, Reason: Error");
        assertThat(log("j-lost")).contains("Could not read s3://openeo-data/batch_jobs/j-lost/job_specification.json");
    }

    @Test
    void aJobWhoseSpecificationIsNoJsonFailsAndSaysSo() {
        specification("j-odd", "<xml/>");

        becomes("FAILED", submit("j-odd", "{}"));
        assertThat(log("j-odd")).contains("job_specification.json is not JSON");
    }

    @Test
    void aJobCanBeChosenToRunOutOfMemory() {
        specification("j-oom", """
                {"process_graph": {"f": {"process_id": "sandbox_fail", "arguments": {"exit_code": 137}}}}
                """);
        var application = submit("j-oom", "{}");

        becomes("FAILED", application);
        assertThat(status(application)
                        .path("applicationState")
                        .path("errorMessage")
                        .asText())
                .isEqualTo("driver container failed with ExitCode: 137, Reason: OOMKilled");
    }

    @Test
    void aLongJobCanBeStoppedByDeletingIt() {
        specification("j-long", "{\"process_graph\": {}}");
        var application = submit("j-long", "{\"sandbox.orrery.io/job-duration\": \"PT1H\"}");
        becomes("RUNNING", application);

        application.delete();

        soon().untilAsserted(() -> assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withLabel("job_id", "j-long")
                        .list()
                        .getItems())
                .isEmpty());
    }
}
