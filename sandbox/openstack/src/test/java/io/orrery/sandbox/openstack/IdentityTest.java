package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keystone; the same against a genuine cloud when OS_CLOUD is set. */
class IdentityTest {
    private static CloudUnderTest cloud;

    @BeforeAll
    static void open() {
        cloud = new CloudUnderTest();
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @Test
    void aPasswordOpensTheCatalogueOfTheProject() {
        var session = cloud.api().session();

        assertThat(session.path("catalog").findValuesAsText("type"))
                .contains("identity", "compute", "network", "image", "volumev3");
        assertThat(session.path("roles").findValuesAsText("name")).contains("member");
        assertThat(Json.text(session.path("project"), "name"))
                .isEqualTo(cloud.entry().project());
        assertThat(Json.text(session, "expires_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void aWrongPasswordAndAnUnknownProjectAreTheSame401() {
        var right = cloud.entry();
        var wrongPassword = new CloudEntry(right.authUrl(), right.user(), "wrong", right.project());
        var wrongProject = new CloudEntry(right.authUrl(), right.user(), right.password(), "no-such-project");

        for (var wrong : List.of(wrongPassword, wrongProject)) {
            var reply = Api.authenticate(right.authUrl(), Api.passwordAuth(wrong));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.message()).isEqualTo("The request you have made requires authentication.");
            assertThat(reply.header("x-openstack-request-id")).startsWith("req-");
        }
    }

    @Test
    void anApplicationCredentialSignsInForItsProjectAndMakesNoOther() {
        var api = cloud.api();
        var path = "/users/" + api.userId() + "/application_credentials";
        var made = cloud.make(
                "identity",
                path,
                "application_credential",
                Json.object("name", cloud.name("plain"), "roles", List.of(Map.of("name", "member"))));

        var signIn = Api.authenticate(cloud.entry().authUrl(), credentialAuth(made));
        assertThat(signIn.status()).isEqualTo(201);
        var restricted = api.with(signIn);
        assertThat(restricted.projectId()).isEqualTo(api.projectId());
        assertThat(restricted.session().path("roles").findValuesAsText("name")).containsExactly("member");

        var another = restricted.post(
                "identity", path, Json.object("application_credential", Json.object("name", cloud.name("other"))));
        assertThat(another.status()).isEqualTo(403);
        assertThat(another.message()).contains("not allowed for managing additional application credentials");
    }

    @Test
    void anUnrestrictedApplicationCredentialMakesAnother() {
        var api = cloud.api();
        var path = "/users/" + api.userId() + "/application_credentials";
        var made = cloud.make(
                "identity",
                path,
                "application_credential",
                Json.object("name", cloud.name("unrestricted"), "unrestricted", true));
        var unrestricted = api.with(Api.authenticate(cloud.entry().authUrl(), credentialAuth(made)));

        var another = unrestricted.post(
                "identity", path, Json.object("application_credential", Json.object("name", cloud.name("child"))));

        assertThat(another.status()).isEqualTo(201);
        var id = Json.text(another.json().path("application_credential"), "id");
        cloud.atEnd(() -> api.delete("identity", path + "/" + id));
    }

    /** A deleted credential is not wrong but gone: Keystone answers 404 to its id, and not 401. */
    @Test
    void tokensEndWithTheApplicationCredentialThatTheyWereMadeWith() {
        var api = cloud.api();
        var path = "/users/" + api.userId() + "/application_credentials";
        var made =
                cloud.make("identity", path, "application_credential", Json.object("name", cloud.name("short-lived")));
        var session = api.with(Api.authenticate(cloud.entry().authUrl(), credentialAuth(made)));
        assertThat(session.get("network", "/networks").status()).isEqualTo(200);

        api.delete("identity", path + "/" + Json.text(made, "id"));

        var again = Api.authenticate(cloud.entry().authUrl(), credentialAuth(made));
        assertThat(again.status()).isEqualTo(404);
        assertThat(session.get("identity", "/auth/tokens", "X-Subject-Token", session.token())
                        .status())
                .isIn(401, 404);
    }

    private static JsonNode credentialAuth(JsonNode credential) {
        return Json.object(
                "identity",
                Json.object(
                        "methods",
                        List.of("application_credential"),
                        "application_credential",
                        Map.of("id", Json.text(credential, "id"), "secret", Json.text(credential, "secret"))));
    }

    @Test
    void ec2CredentialsAreMadeListedAndDeleted() {
        var api = cloud.api();
        var path = "/users/" + api.userId() + "/credentials/OS-EC2";
        var reply = api.post("identity", path, Json.object("tenant_id", api.projectId()));
        assertThat(reply.status()).isEqualTo(201);
        var access = Json.text(reply.json().path("credential"), "access");
        assertThat(Json.text(reply.json().path("credential"), "secret")).isNotEmpty();

        assertThat(api.get("identity", path).json().findValuesAsText("access")).contains(access);
        assertThat(api.delete("identity", path + "/" + access).status()).isEqualTo(204);
        assertThat(api.get("identity", path + "/" + access).status()).isEqualTo(404);
    }

    @Test
    void aRevokedTokenIsWorthlessEverywhere() {
        var session = Api.signIn(cloud.entry());
        assertThat(session.delete("identity", "/auth/tokens", "X-Subject-Token", session.token())
                        .status())
                .isEqualTo(204);

        var reply = session.get("identity", "/auth/projects");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Keystone uri=");
    }

    @Test
    void whatIsForAdministratorsIsRefusedToMembers() {
        assertThat(cloud.api().get("identity", "/projects").status()).isEqualTo(403);
        assertThat(cloud.api().get("compute", "/os-hypervisors").status()).isEqualTo(403);
    }
}
