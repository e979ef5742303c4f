package io.orrery.reconciler.runtime;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.reconciler.Samples;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@QuarkusTestResource(value = AnotherLeader.class, restrictToAnnotatedClass = true)
@TestProfile(HandOverIT.Follower.class)
class HandOverIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void handsWritesToTheLeaderServesReadsItselfAndTakesOver() throws Exception {
        await().atMost(DEADLINE).until(() -> given().get("/q/health/ready").statusCode() == 200);

        await().atMost(DEADLINE).untilAsserted(() -> given().body("a wish")
                .put("/platforms/handed?confirm=rebuild")
                .then()
                .statusCode(202)
                .header("ETag", "\"7\""));
        assertThat(AnotherLeader.ASKED).contains("PUT /platforms/handed?confirm=rebuild a wish");
        given().get("/platforms/handed").then().statusCode(404);

        AnotherLeader.leave();

        await().atMost(DEADLINE)
                .until(() -> given().body(Samples.UID.toString())
                                .put("/platforms/handed")
                                .statusCode()
                        == 200);
        await().atMost(DEADLINE).until(() -> given().get("/platforms/handed").statusCode() == 200);
    }

    /** An application of its own. */
    public static final class Follower implements QuarkusTestProfile {}
}
