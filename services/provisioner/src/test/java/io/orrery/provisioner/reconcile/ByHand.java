package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What somebody of the same project does on the emulated cloud by hand. Paths begin with the service's: {@code /network/v2.0}. */
final class ByHand implements AutoCloseable {

    static final String NETWORK = "/network/v2.0";
    static final String COMPUTE = "/compute/v2.1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OpenStackEmulator cloud;
    private final String token;
    private final JsonNode session;

    ByHand(OpenStackEmulator cloud) {
        this.cloud = cloud;
        var signIn = send("POST", "/identity/v3/auth/tokens", "none", """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "openeo",
                 "domain": {"name": "Default"}, "password": "openeo-secret"}}},
                 "scope": {"project": {"name": "openeo", "domain": {"name": "Default"}}}}}""");
        this.token = signIn.headers().firstValue("x-subject-token").orElseThrow();
        this.session = read(signIn).path("token");
    }

    /** Keystone's path of the user. */
    String user() {
        return "/identity/v3/users/" + session.at("/user/id").asText();
    }

    /** Its id. */
    String project() {
        return session.at("/project/id").asText();
    }

    /** Cinder's path of the project. */
    String blockStorage() {
        return "/volume/v3/" + project();
    }

    JsonNode get(String path) {
        return read(send("GET", path, token, ""));
    }

    /** The id of what was made. */
    String make(String path, String body) {
        return read(send("POST", path, token, body)).findValue("id").asText();
    }

    JsonNode put(String path, String body) {
        return read(send("PUT", path, token, body));
    }

    void post(String path, String body) {
        send("POST", path, token, body);
    }

    void upload(String path, String content) {
        send("PUT", path, token, content, "application/octet-stream");
    }

    void delete(String path) {
        send("DELETE", path, token, "");
    }

    String idOf(String path, String name) {
        return get(path + "?name=" + name).findValue("id").asText();
    }

    private HttpResponse<String> send(String verb, String path, String by, String body) {
        return send(verb, path, by, body, "application/json");
    }

    private HttpResponse<String> send(String verb, String path, String by, String body, String type) {
        var request = HttpRequest.newBuilder(URI.create(cloud.root() + path))
                .header("X-Auth-Token", by)
                .header("Content-Type", type)
                .header("OpenStack-API-Version", "compute 2.64")
                .method(verb, BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
