package io.orrery.provisioner;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Fact;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service as it runs, from REST to Kafka, S3 and the emulated cloud. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(EmulatedCloudResource.class)
class ProvisionerIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final String DOCUMENT = """
            metadata: {name: NAME}
            spec:
              cloud: {name: sandbox}
              image: {name: "Ubuntu 22.04 LTS"}
              pools:
                - {name: control, role: server, count: 1, flavor: eo1.large}
                - {name: workers, role: agent, count: 1, flavor: eo1.large}
              storage: {s3: {credentials: test-s3}}
              openeo:
                host: openeo.example.org
                collections: {inline: [{id: ONE}]}
            """;

    private final PlatformName name =
            PlatformName.of("p" + UUID.randomUUID().toString().substring(0, 8));

    OpenStackEmulator cloud;

    @Inject
    Facts facts;

    @Inject
    Sealer sealer;

    private TestBackbone backbone;

    @BeforeEach
    void ready(TestBackbone given) {
        backbone = given;
        await().atMost(DEADLINE).until(() -> given().get("/q/health/ready").statusCode() == 200);
        await("a leader")
                .atMost(DEADLINE)
                .until(() -> given().post("/platforms/nobody/pause").statusCode() == 404);
    }

    @Test
    void takesAPlatformFromItsDocumentToItsCertificate() {
        put(document())
                .then()
                .statusCode(202)
                .header("ETag", equalTo("\"1\""))
                .header("Location", containsString(path()));
        await().atMost(DEADLINE).until(() -> infrastructure()
                .flatMap(InfrastructureStatus::foundation)
                .isPresent());
        assertThat(infrastructure()
                        .orElseThrow()
                        .foundation()
                        .orElseThrow()
                        .bucket()
                        .orElseThrow()
                        .name())
                .isEqualTo(name + "-openeo");

        tell(bootstrap());
        await().atMost(DEADLINE).until(() -> facts.about(name).isIn(Stage.INFRASTRUCTURE, Phase.READY));
        given().get(path())
                .then()
                .statusCode(200)
                .body("stages.infrastructure.phase", equalTo("Ready"))
                .body("document.spec.kubernetes.cni", equalTo("canal"));
        given().get(path() + "/infrastructure").then().body("slots.state", equalTo(List.of("ACTIVE", "ACTIVE")));
        given().get(path() + "/certificate").then().statusCode(404);
        given().get("/platforms").then().body("platform", hasItem(name.value()));
        assertThat(cloud.inventory().names("server")).hasSize(2).allMatch(server -> server.contains(name.value()));

        given().delete(path() + "?force=true&skip=cluster,tracking&skip=workloads&skip=observability")
                .then()
                .statusCode(202);
        await().atMost(DEADLINE).until(() -> given().get(path()).statusCode() == 404);

        given().get(path() + "/certificate").then().statusCode(200).body("entries", not(empty()));
        assertThat(cloud.inventory().names("server")).noneMatch(server -> server.contains(name.value()));
        assertThat(cloud.inventory().names("network")).noneMatch(network -> network.contains(name.value()));
    }

    @Test
    void takesTheSameDocumentTwiceForOneWish() {
        put(document()).then().statusCode(202);

        put(document()).then().statusCode(200).body("generation", equalTo(1));
        put(document().replace("agent, count: 1", "agent, count: 2"))
                .then()
                .statusCode(202)
                .header("ETag", equalTo("\"2\""));
    }

    @Test
    void changesNothingOnTopOfAChangeThatTheClientHasNotSeen() {
        put(document()).then().statusCode(202);

        yaml().header("If-Match", "\"7\"")
                .body(document().replace("agent, count: 1", "agent, count: 2"))
                .put(path())
                .then()
                .statusCode(412);

        given().get(path()).then().body("generation", equalTo(1));
    }

    @Test
    void refusesWhatCannotBeChanged() {
        put(document()).then().statusCode(202);

        put(document().replace("cloud: {name: sandbox}", "cloud: {name: sandbox-admin}"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem("/spec/cloud/name"));
    }

    @Test
    void tellsNothingOfADocumentWithErrorsAndSaysThemAll() {
        put(document().replace("spec:", "spec:\n  networc: {}").replace("server, count: 1", "server, count: 2"))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem("/spec/networc"))
                .body("errors", hasSize(2));

        given().get(path()).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void refusesADocumentAboutAnotherPlatformAndOneThatIsTooLarge() throws Exception {
        yaml().body(document())
                .put("/platforms/another")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/metadata/name")));

        assertThat(sizeRefused()).isEqualTo(413);
    }

    /** With a client that waits to be asked for the body: it is refused before it is sent. */
    private int sizeRefused() throws Exception {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path()))
                    .header("Content-Type", "application/yaml")
                    .expectContinue(true)
                    .PUT(BodyPublishers.ofString(document() + "# " + "x".repeat(5_000_000)))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void takesNoWishDuringARemoval() {
        put(document()).then().statusCode(202);
        given().delete(path()).then().statusCode(202);

        put(document()).then().statusCode(409);
        given().get(path()).then().body("removal.force", equalTo(false));
    }

    @Test
    void skipsStagesOnlyByForce() {
        put(document()).then().statusCode(202);

        given().delete(path() + "?skip=cluster").then().statusCode(400);
        given().delete(path() + "?force=true&skip=nothing").then().statusCode(400);
    }

    @Test
    void pausesAndResumes() {
        put(document()).then().statusCode(202);

        given().post(path() + "/pause").then().statusCode(202).body("paused", equalTo(true));
        given().post(path() + "/resume").then().statusCode(202).body("paused", equalTo(false));
    }

    @Test
    void writesMachinesOffOnlyWhereSomeHaveFailed() {
        given().post("/platforms/nobody/confirm-mass-change").then().statusCode(404);
        put(document()).then().statusCode(202);

        given().post(path() + "/confirm-mass-change")
                .then()
                .statusCode(409)
                .body("title", equalTo("There is nothing to confirm"));
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() {
        yaml().body(document())
                .post(path() + "/plan")
                .then()
                .statusCode(200)
                .body("problems", empty())
                .body("steps.step", hasItem(startsWith("create network")))
                .body("steps.step", hasItem(startsWith("create bucket")))
                .body("steps.changeClass", hasItem("live"))
                .body("quota.of", hasItems("instances", "cores", "ports"));

        assertThat(cloud.ledger()).noneMatch(made -> String.valueOf(made.name()).contains(name.value()));
        given().get(path()).then().statusCode(404);
    }

    @Test
    void saysWhatAChangeCosts() {
        put(document()).then().statusCode(202);

        yaml().body(document().replace("agent, count: 1", "agent, count: 3"))
                .post(path() + "/plan")
                .then()
                .body("changeClass", equalTo("live"))
                .body("changes.path", hasItems("spec.pools[workers].count"));
    }

    @Test
    void servesItsSchemaItsApiAndItsMetrics() {
        assertThat(given().get("/schema").then().statusCode(200).extract().asString())
                .contains("Orrery Platform");
        given().get("/q/openapi").then().statusCode(200);
        yaml().body(document()).post(path() + "/plan").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200).body(containsString("orrery_cloud_calls_total"));
    }

    private Response put(String document) {
        return yaml().body(document).put(path());
    }

    private static RequestSpecification yaml() {
        var encoder = EncoderConfig.encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT);
        return given().config(RestAssuredConfig.config().encoderConfig(encoder)).contentType("application/yaml");
    }

    private String document() {
        return DOCUMENT.replace("NAME", name.value());
    }

    private String path() {
        return "/platforms/" + name;
    }

    private Optional<InfrastructureStatus> infrastructure() {
        return facts.about(name).infrastructure();
    }

    private ClusterStatus bootstrap() {
        var uid = facts.about(name).uid().orElseThrow();
        var init = infrastructure().orElseThrow().slots().stream()
                .filter(Slot::init)
                .findFirst()
                .orElseThrow();
        return new ClusterStatus(
                name,
                uid,
                1,
                Phase.PROGRESSING,
                List.of(),
                Optional.of(new Bootstrap(
                        1,
                        Optional.of(init.name()),
                        Optional.of(userData(uid)),
                        userData(uid),
                        userData(uid),
                        userData(uid))),
                Optional.empty(),
                List.of(),
                Set.of(),
                List.of(),
                List.of());
    }

    private Sealed userData(Uid uid) {
        return sealer.seal(Sealed.Purpose.BOOTSTRAP, uid, "#cloud-config".getBytes(UTF_8));
    }

    /** As another service would. */
    private void tell(Fact fact) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var told = new ProducerRecord<>(Topics.of(fact).name(), name.value(), FactCodec.write(fact));
            told.headers().add("ce_type", fact.typeSince(Optional.empty()).getBytes(UTF_8));
            told.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
            var sent = producer.send(told);
            producer.flush();
            assertThat(sent).isDone();
        }
    }
}
