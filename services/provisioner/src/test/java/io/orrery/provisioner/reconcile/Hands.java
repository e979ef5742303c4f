package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.sandbox.openstack.OpenStackEmulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody in the same project who looks at the cloud and changes things on it by hand, over HTTP. */
final class Hands implements AutoCloseable {

    static final String NETWORK = "/network/v2.0";
    static final String COMPUTE = "/compute/v2.1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenStackEmulator cloud;
    private final HttpClient http = HttpClient.newHttpClient();

    Hands(OpenStackEmulator cloud) {
        this.cloud = cloud;
    }

    /** @param path behind the service's root, one of the constants here */
    JsonNode see(String service, String path) {
        return send("GET", service + path, "");
    }

    JsonNode change(String verb, String service, String path, String body) {
        return send(verb, service + path, body);
    }

    private JsonNode send(String verb, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(cloud.root() + path))
                .header("X-Auth-Token", token())
                .header("Content-Type", "application/json")
                .header("OpenStack-API-Version", "compute 2.64")
                .method(verb, BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return JSON.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String token() {
        var body = """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "openeo",
                 "domain": {"name": "Default"}, "password": "openeo-secret"}}},
                 "scope": {"project": {"name": "openeo", "domain": {"name": "Default"}}}}}""";
        var request = HttpRequest.newBuilder(URI.create(cloud.authUrl() + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString())
                    .headers()
                    .firstValue("x-subject-token")
                    .orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
