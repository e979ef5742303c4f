package io.orrery.jobtracker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Stage;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service as it stands in production: with API tokens for people, and an issuer that others run. */
@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(value = GuardedResource.class, restrictToAnnotatedClass = true)
class ForeignIssuerIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final PlatformName PLATFORM = new PlatformName(GuardedResource.PLATFORM);

    @Inject
    FactTables facts;

    private TestBackbone backbone;

    @BeforeEach
    void aPlatform(TestBackbone given) {
        backbone = given;
        await().atMost(DEADLINE).until(() -> given().get("/q/health/ready").statusCode() == 200);
        if (facts.about(PLATFORM).tracking().isEmpty()) {
            TestFacts.tell(backbone, Samples.platform(PLATFORM, new Uid(UUID.randomUUID())));
        }
        await().atMost(DEADLINE).until(() -> facts.about(PLATFORM)
                .tracking()
                .flatMap(TrackingStatus::registry)
                .isPresent());
    }

    @Test
    void takesTheTokensOfThatIssuerAndLeadsDriversToIt() {
        bearer(token("driver"))
                .body(Samples.job("j-foreign", PLATFORM.value(), "anna").toString())
                .post("/registry/jobs")
                .then()
                .statusCode(201);
        bearer(token("driver"))
                .body("{\"query\": {\"term\": {\"job_id\": \"j-foreign\"}}}")
                .post("/registry/jobs/search")
                .then()
                .statusCode(200)
                .body("", hasSize(1));

        var environment = given().header("Authorization", "Bearer " + GuardedResource.ADMIN)
                .get("/platforms/{name}/registry-env?credentials=true", PLATFORM.value())
                .asString();

        assertThat(environment).contains("OPENEO_EJR_OIDC_CLIENT_CREDENTIALS=driver:secret@" + issuer());
    }

    @Test
    void saysNotKnownToTokensOfOthersAndNotAllowedToClientsWithoutRights() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/registry/jobs/search")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"));
        bearer("a.b.c")
                .body("{}")
                .post("/registry/jobs/search")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""));
        bearer(token("stranger"))
                .body(Samples.job("j-strange", PLATFORM.value(), "anna").toString())
                .post("/registry/jobs")
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", equalTo("Bearer error=\"insufficient_scope\""));
    }

    @Test
    void servesNoIssuerOfItsOwn() {
        given().get("/issuer/.well-known/openid-configuration").then().statusCode(404);
        given().get("/issuer/jwks").then().statusCode(404);
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "driver")
                .formParam("client_secret", "secret")
                .post("/issuer/token")
                .then()
                .statusCode(404);
    }

    @Test
    void saysOfAPlatformWhoseClientIsNotMountedWhatIsMissing() {
        var other = new PlatformName("p" + UUID.randomUUID().toString().substring(0, 8));

        TestFacts.tell(backbone, Samples.platform(other, new Uid(UUID.randomUUID())));

        await().atMost(DEADLINE).until(() -> facts.about(other).isIn(Stage.TRACKING, Phase.FAILED));
        assertThat(facts.about(other).tracking().orElseThrow().conditions())
                .anySatisfy(condition -> assertThat(condition.message()).contains("id:secret"));
    }

    @Test
    void nothingButHealthAndTheIssuerIsServedWithoutAToken() {
        for (var path : new String[] {
            "/jobs/stream",
            "/platforms/" + PLATFORM + "/jobs",
            "/platforms/" + PLATFORM + "/jobs/j-1",
            "/platforms/" + PLATFORM + "/tracking",
            "/platforms/" + PLATFORM + "/registry-env"
        }) {
            given().get(path).then().statusCode(401);
        }
        given().body("{}").post("/registry/jobs").then().statusCode(401);
        given().body("{}").post("/registry/jobs/search").then().statusCode(401);
        given().body("{}").post("/registry/jobs/search/paginated").then().statusCode(401);
        given().body("{}").patch("/registry/jobs/j-1").then().statusCode(401);
        given().delete("/registry/jobs/j-1").then().statusCode(401);
        given().get("/registry/health").then().statusCode(200);
    }

    @Test
    void secretsAreForAdministratorsAndTheRestForEverybodyWhoHasAToken() {
        given().header("Authorization", "Bearer " + GuardedResource.VIEWER)
                .get("/platforms/{name}/jobs", PLATFORM.value())
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + GuardedResource.VIEWER)
                .get("/platforms/{name}/registry-env", PLATFORM.value())
                .then()
                .statusCode(403);
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    /** Asked for when it is needed: the application is started for other tests without one. */
    private static String issuer() {
        return ConfigProvider.getConfig().getValue("orrery.job-tracker.oidc.issuer", String.class);
    }

    /** As openEO's driver gets it. */
    private static String token(String client) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", client)
                .formParam("client_secret", "secret")
                .formParam("scope", "openid")
                .post(issuer() + "/token")
                .path("access_token");
    }
}
