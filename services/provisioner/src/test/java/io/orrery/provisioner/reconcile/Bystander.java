package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Somebody else with access to the project: looks at it and changes it by hand, as the openstack command does. */
final class Bystander implements AutoCloseable {

    /** Where things that have names are listed: service, path, and what the list is called. */
    private static final List<List<String>> LISTS = List.of(
            List.of("compute", "/servers", "servers"),
            List.of("compute", "/os-server-groups", "server_groups"),
            List.of("network", "/networks", "networks"),
            List.of("network", "/subnets", "subnets"),
            List.of("network", "/routers", "routers"),
            List.of("network", "/ports", "ports"),
            List.of("network", "/security-groups", "security_groups"),
            List.of("network", "/floatingips", "floatingips"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String authUrl;
    private final JsonNode session;
    private final String token;

    private Bystander(JsonNode auth) {
        authUrl = auth.path("auth_url").asText();
        var signedIn = exchange(HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(passwordOf(auth).toString()))
                .build());
        token = signedIn.headers().firstValue("X-Subject-Token").orElseThrow();
        session = read(signedIn.body()).path("token");
    }

    /** With the password that the clouds.yaml holds. */
    static Bystander of(CloudUnderTest cloud) {
        try {
            var yaml = new YAMLMapper().readTree(Files.readString(cloud.cloudsYaml()));
            return new Bystander(yaml.path("clouds").path(cloud.name()).path("auth"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode passwordOf(JsonNode auth) {
        Object domain = Map.of("name", "Default");
        var user = Map.of(
                "name", auth.path("username").asText(),
                "password", auth.path("password").asText(),
                "domain", domain);
        return JSON.valueToTree(Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                        "scope",
                                Map.of(
                                        "project",
                                        Map.of("name", auth.path("project_name").asText(), "domain", domain)))));
    }

    JsonNode get(String service, String path) {
        return send("GET", service, path, "");
    }

    /** Fails if the cloud refuses. */
    JsonNode send(String verb, String service, String path, String body) {
        var answer = exchange(HttpRequest.newBuilder(URI.create(url(service) + path))
                .timeout(PATIENCE)
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body))
                .build());
        return answer.body().isEmpty() ? JSON.missingNode() : read(answer.body());
    }

    /** Kind and name (of a floating IP the description) of all in the project that is called so. */
    List<String> called(String beginning) {
        return LISTS.stream()
                .flatMap(list -> StreamSupport.stream(
                                get(list.get(0), list.get(1)).path(list.get(2)).spliterator(), false)
                        .map(thing -> thing.path(list.get(2).equals("floatingips") ? "description" : "name")
                                .asText())
                        .filter(name -> name.startsWith(beginning))
                        .map(name -> list.get(2) + " " + name))
                .toList();
    }

    /** Access keys of the user's EC2 credentials. */
    List<String> accessKeys() {
        return get("identity", "/users/" + session.at("/user/id").asText() + "/credentials/OS-EC2")
                .findValuesAsText("access");
    }

    private String url(String service) {
        if (service.equals("identity")) {
            return authUrl;
        }
        return StreamSupport.stream(session.path("catalog").spliterator(), false)
                .filter(entry -> entry.path("type").asText().equals(service))
                .flatMap(entry -> StreamSupport.stream(entry.path("endpoints").spliterator(), false))
                .filter(endpoint -> endpoint.path("interface").asText().equals("public"))
                .map(endpoint -> endpoint.path("url").asText().replaceAll("/$", ""))
                .map(url -> service.equals("network") && !url.endsWith("/v2.0") ? url + "/v2.0" : url)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as(request.method() + " " + request.uri() + ": " + answer.body())
                    .isLessThan(300);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
