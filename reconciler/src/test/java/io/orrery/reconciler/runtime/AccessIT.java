package io.orrery.reconciler.runtime;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;

import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.BackboneResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BackboneExtension.class)
@QuarkusTest
@QuarkusTestResource(BackboneResource.class)
@TestProfile(AccessIT.WithTokens.class)
class AccessIT {

    @Test
    void answersNobodyWithoutAToken() {
        given().get("/platforms/nobody").then().statusCode(401).body("detail", containsString("API token"));
        given().header("Authorization", "Bearer forged")
                .get("/platforms/nobody")
                .then()
                .statusCode(401);
    }

    @Test
    void letsAViewerLookAndNotChange() {
        given().header("Authorization", "Bearer viewer-token")
                .get("/platforms/nobody")
                .then()
                .statusCode(404);
        given().header("Authorization", "Bearer viewer-token")
                .body("x")
                .put("/platforms/demo")
                .then()
                .statusCode(403)
                .body("detail", containsString("OPERATOR"));
    }

    @Test
    void leavesHealthToEverybody() {
        given().get("/q/health/live").then().statusCode(200);
    }

    public static final class WithTokens implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var file = Files.createTempFile("tokens", "");
                Files.writeString(file, "viewer " + hash("viewer-token") + " Ada\n");
                file.toFile().deleteOnExit();
                return Map.of("orrery.access.tokens", file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String hash(String token) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
