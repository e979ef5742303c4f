package io.orrery.jobtracker;

import static io.orrery.jobtracker.Samples.job;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.orrery.contracts.Fact;
import io.orrery.contracts.Foundation.Bucket;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.orrery.sandbox.testkit.TestTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(BucketResource.class)
@QuarkusTestResource(KeysResource.class)
class JobTrackerIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final PlatformName platform =
            new PlatformName("p" + UUID.randomUUID().toString().substring(0, 8));
    private final Uid uid = new Uid(UUID.randomUUID());
    private EmulatedCluster cluster;
    private TestBackbone backbone;

    @Inject
    FactTables facts;

    @Inject
    Sealer sealer;

    @BeforeEach
    void ready(TestBackbone given) {
        backbone = given;
        cluster = EmulatedCluster.start();
        await().atMost(DEADLINE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void takesAJobFromTheDriversFirstCallToItsEnd() {
        cluster.installSpark();
        tellEverything();
        await().atMost(DEADLINE).until(() -> facts.about(platform).isIn(Stage.TRACKING, Phase.READY));
        var jobId = "j-" + platform;
        var driver = signedIn();

        driver.body(job(jobId, platform.value(), "anna@example.org").toString())
                .post("/registry/jobs")
                .then()
                .statusCode(201)
                .body("status", equalTo("created"));
        patch(jobId, "{\"status\": \"queued\", \"updated\": \"2026-01-01T11:01:00Z\"}");
        cluster.submit("a-" + platform, jobId);
        patch(jobId, "{\"application_id\": \"a-" + platform + "\"}");
        cluster.state("a-" + platform, "RUNNING");
        awaitStatus(jobId, "running");
        results(
                jobId,
                "{\"assets\": {\"out.tiff\": {}}, \"usage\": {\"input_pixel\": {\"value\": 3.5, \"unit\": \"mega-pixel\"}}}");
        cluster.state("a-" + platform, "COMPLETED");
        awaitStatus(jobId, "finished");

        signedIn()
                .body(byId(jobId))
                .post("/registry/jobs/search")
                .then()
                .statusCode(200)
                .body("", hasSize(1))
                .body("[0].status", equalTo("finished"))
                .body("[0].usage.input_pixel.value", equalTo(3.5f))
                .body("[0].started", equalTo("2026-01-01T11:50:00Z"));
        given().get("/platforms/{name}/jobs/{id}", platform.value(), jobId)
                .then()
                .statusCode(200)
                .body("history.status", contains("created", "queued", "running", "finished"))
                .body("history.by", contains("openeo-" + platform, "openeo-" + platform, "tracker", "tracker"))
                .body("history.sequence", contains(0, 1, 2, 3));
        given().get("/platforms/{name}/jobs?status=finished&user=anna@example.org", platform.value())
                .then()
                .statusCode(200)
                .body("jobs.job_id", contains(jobId));
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(events(jobId))
                .containsExactly("JobQueued 1", "JobStarted 2", "JobFinished 3"));
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(status().tracker().jobs()).isEqualTo(Map.of("finished", 1L)));
    }

    @Test
    void servesTheRegistryBeforeThereIsAClusterAndFollowsOnceSparkIsThere() {
        tell(Samples.platform(platform, uid));
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
        signedIn()
                .body(byId("j-none"))
                .post("/registry/jobs/search")
                .then()
                .statusCode(200)
                .body("", hasSize(0));
        assertThat(status().phase()).isEqualTo(Phase.PROGRESSING);

        tellEverything();
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(status().conditions())
                .anySatisfy(
                        condition -> assertThat(condition.message()).contains("does not know SparkApplications yet")));
        cluster.installSpark();

        await().atMost(DEADLINE).until(() -> facts.about(platform).isIn(Stage.TRACKING, Phase.READY));
    }

    @Test
    void takesOverJobsOfTheTimeBeforeTheRegistryAndArchivesThoseThatAreOld() {
        tell(Samples.platform(platform, uid));
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
        var jobId = "j-" + platform;
        var node = """
                {"job_id": "%s", "user_id": "anna", "status": "finished", "updated": "2021-05-01T12:00:00Z"}
                """.formatted(jobId);
        var nodes = Map.of(
                "nodes",
                List.of(
                        Map.of("path", "/done/anna/a", "text", node),
                        Map.of("path", "/done/anna/b", "text", "broken")));

        for (var outcome : List.of("IMPORTED", "ALREADY_THERE")) {
            given().contentType(ContentType.JSON)
                    .body(nodes)
                    .post("/platforms/{name}/jobs/import", platform.value())
                    .then()
                    .statusCode(200)
                    .body("results.outcome", contains(outcome, "UNREADABLE"))
                    .body("results[1].reason", startsWith("the body is no JSON"));
        }
        await().atMost(DEADLINE).untilAsserted(() -> given().get("/platforms/{name}/jobs", platform.value())
                .then()
                .statusCode(200)
                .body("jobs", hasSize(0)));
        given().get("/platforms/{name}/jobs/{id}", platform.value(), jobId)
                .then()
                .statusCode(200)
                .body("status", equalTo("finished"));
        signedIn()
                .body(byId(jobId))
                .post("/registry/jobs/search")
                .then()
                .statusCode(200)
                .body("[0].status", equalTo("finished"));
    }

    @Test
    void refusesWhoeverCarriesNoTokenOrTheTokenOfAnotherPlatform() {
        tell(Samples.platform(platform, uid));
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());

        given().contentType(ContentType.JSON)
                .body(byId("j-1"))
                .post("/registry/jobs/search")
                .then()
                .statusCode(401)
                .body("statusCode", equalTo(401));
        given().header("Authorization", "Bearer a.b.c")
                .delete("/registry/jobs/j-1")
                .then()
                .statusCode(401);
        signedIn()
                .body(job("j-foreign", "another", "anna").toString())
                .post("/registry/jobs")
                .then()
                .statusCode(403);
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "openeo-" + platform)
                .formParam("client_secret", "guessed")
                .post("/issuer/token")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
        given().get("/registry/health").then().statusCode(200);
    }

    @Test
    void givesADriverWhatItNeedsAndShowsNoSecretElsewhere() {
        tell(Samples.platform(platform, uid));
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
        var secret = credentials()[1];

        var lines = given().get("/platforms/{name}/registry-env?credentials=true", platform.value())
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(lines)
                .contains("export OPENEO_EJR_BACKEND_ID=" + platform + "\n")
                .containsPattern("export OPENEO_EJR_API=http://.*/registry\n")
                .containsPattern("export OPENEO_EJR_OIDC_CLIENT_CREDENTIALS=openeo-" + platform + ":" + secret
                        + "@http://.*/issuer\n");
        assertThat(given().get("/platforms/{name}/registry-env", platform.value())
                        .asString())
                .doesNotContain(secret);
        given().get("/platforms/{name}/tracking", platform.value())
                .then()
                .statusCode(200)
                .body("registry.backendId", equalTo(platform.value()))
                .body("registry", not(hasKey("clientCredentials")));
        given().get("/platforms/unheard-of/tracking").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void saysSoWhileZooKeeperIsGoneAndGoesOnAfterwards() {
        serveRegistry();
        var before = signedIn();
        var jobId = "j-outage-" + platform;
        backbone.zookeeper().stop();
        try {
            before.body(job(jobId, platform.value(), "anna").toString())
                    .post("/registry/jobs")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("2"))
                    .body("error", equalTo("Service Unavailable"));
            assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        } finally {
            backbone.zookeeper().start();
        }
        await().atMost(DEADLINE)
                .until(() -> signedIn()
                                .body(job(jobId, platform.value(), "anna").toString())
                                .post("/registry/jobs")
                                .statusCode()
                        == 201);
        patch(jobId, "{\"status\": \"queued\"}");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(events(jobId)).containsExactly("JobQueued 1"));
    }

    @Test
    void leavesNothingOfAPlatformThatIsRemoved() {
        serveRegistry();
        var jobId = "j-removed-" + platform;
        signedIn()
                .body(job(jobId, platform.value(), "anna").toString())
                .post("/registry/jobs")
                .then()
                .statusCode(201);
        var token = signedIn();

        tell(Samples.removed(platform, uid));
        await().atMost(DEADLINE).until(() -> facts.about(platform).isIn(Stage.TRACKING, Phase.REMOVING));
        token.body(byId(jobId))
                .post("/registry/jobs/search")
                .then()
                .statusCode(200)
                .body("", hasSize(1));
        tell(Samples.workloads(platform, uid, Phase.REMOVED));
        tell(Samples.observability(platform, uid, Phase.REMOVED));

        await().atMost(DEADLINE).until(() -> facts.about(platform).isIn(Stage.TRACKING, Phase.REMOVED));
        given().get("/platforms/{name}/jobs/{id}", platform.value(), jobId)
                .then()
                .statusCode(404);
        await().atMost(DEADLINE)
                .until(() ->
                        token.body(byId(jobId)).post("/registry/jobs/search").statusCode() == 401);
    }

    private void serveRegistry() {
        tell(Samples.platform(platform, uid));
        await().atMost(DEADLINE).until(() -> facts.about(platform)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
    }

    private void tellEverything() {
        tell(Samples.platform(platform, uid));
        tell(Samples.infrastructure(platform, uid, bucket()));
        tell(Samples.cluster(
                platform,
                uid,
                sealer.seal(Purpose.KUBECONFIG, uid, cluster.kubeconfig().getBytes(UTF_8))));
    }

    private void tell(Fact fact) {
        TestFacts.tell(backbone, fact);
    }

    private Bucket bucket() {
        var s3 = backbone.s3();
        var keys = FactCodec.write(new S3Keys(s3.accessKey(), s3.secretKey()));
        return new Bucket(s3.endpoint(), "RegionOne", platform + "-openeo", sealer.seal(Purpose.S3, uid, keys));
    }

    private void results(String jobId, String metadata) {
        var keys = AwsBasicCredentials.create(
                backbone.s3().accessKey(), backbone.s3().secretKey());
        try (var s3 = S3Client.builder()
                .endpointOverride(backbone.s3().endpoint())
                .region(Region.of("RegionOne"))
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .forcePathStyle(true)
                .build()) {
            s3.createBucket(it -> it.bucket(platform + "-openeo"));
            s3.putObject(
                    it -> it.bucket(platform + "-openeo").key("batch_jobs/" + jobId + "/job_metadata.json"),
                    RequestBody.fromString(metadata));
        }
    }

    private TrackingStatus status() {
        return facts.about(platform).tracking().orElseThrow();
    }

    private String[] credentials() {
        var sealed = status().registry().orElseThrow().clientCredentials();
        return new String(sealer.open(uid, sealed), UTF_8).split(":", 2);
    }

    /** A request with a token, got as openEO's driver gets it. */
    private RequestSpecification signedIn() {
        var credentials = credentials();
        String token = given().formParam("grant_type", "client_credentials")
                .formParam("client_id", credentials[0])
                .formParam("client_secret", credentials[1])
                .formParam("scope", "openid")
                .post("/issuer/token")
                .then()
                .statusCode(200)
                .body("token_type", equalTo("bearer"))
                .body("expires_in", equalTo(3600))
                .extract()
                .path("access_token");
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    private void patch(String jobId, String patch) {
        signedIn().body(patch).patch("/registry/jobs/" + jobId).then().statusCode(200);
    }

    private void awaitStatus(String jobId, String status) {
        await().atMost(DEADLINE).until(() -> given().get("/platforms/{name}/jobs/{id}", platform.value(), jobId)
                .path("status")
                .equals(status));
    }

    private String byId(String jobId) {
        return """
                {"query": {"bool": {"filter": [{"term": {"backend_id": "%s"}}, {"term": {"job_id": "%s"}}]}},
                 "_source": ["*", "job_id", "user_id", "created", "status", "updated"]}
                """.formatted(platform, jobId);
    }

    private List<String> events(String jobId) {
        return new TestTopics(backbone.kafka())
                .read(Topics.JOBS.name()).stream()
                        .filter(message -> message.key().equals(platform + "/" + jobId))
                        .map(message -> Samples.tree(message.value()))
                        .map(event -> event.path("event").asText() + " "
                                + event.path("about").path("sequence").asLong())
                        .toList();
    }
}
