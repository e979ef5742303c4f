package io.orrery.sandbox.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** OpenStack over plain HTTP, as a signed-in user sees it. */
final class Api {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String authUrl;
    private final String token;
    private final JsonNode session;

    private Api(String authUrl, Reply signIn) {
        this.authUrl = authUrl;
        this.token = signIn.header("X-Subject-Token");
        this.session = signIn.json().path("token");
    }

    static Api signIn(CloudEntry cloud) {
        var reply = authenticate(cloud.authUrl(), passwordAuth(cloud));
        if (reply.status() != 201) {
            throw new IllegalStateException("Cannot sign in: " + reply.text());
        }
        return new Api(cloud.authUrl(), reply);
    }

    static ObjectNode passwordAuth(CloudEntry cloud) {
        var domain = Map.of("name", "Default");
        return Json.object(
                "identity",
                        Json.object(
                                "methods",
                                Json.array(java.util.List.of("password")),
                                "password",
                                Map.of(
                                        "user",
                                        Map.of("name", cloud.user(), "password", cloud.password(), "domain", domain))),
                "scope", Map.of("project", Map.of("name", cloud.project(), "domain", domain)));
    }

    static Reply authenticate(String authUrl, JsonNode auth) {
        var request = HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.object("auth", auth).toString()))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return send(http, request);
        }
    }

    /** The same with another token. */
    Api with(Reply signIn) {
        return new Api(authUrl, signIn);
    }

    String token() {
        return token;
    }

    JsonNode session() {
        return session;
    }

    String userId() {
        return session.path("user").path("id").asText();
    }

    String projectId() {
        return session.path("project").path("id").asText();
    }

    String endpoint(String type) {
        if (type.equals("identity")) {
            return authUrl;
        }
        for (var service : session.path("catalog")) {
            if (service.path("type").asText().equals(type)) {
                for (var endpoint : service.path("endpoints")) {
                    if (endpoint.path("interface").asText().equals("public")) {
                        return endpoint.path("url").asText().replaceAll("/$", "") + version(type);
                    }
                }
            }
        }
        throw new IllegalStateException("No " + type + " in the catalogue");
    }

    private static String version(String type) {
        return switch (type) {
            case "network" -> "/v2.0";
            case "image" -> "/v2";
            default -> "";
        };
    }

    Reply get(String type, String path, String... headers) {
        return call("GET", type, path, null, headers);
    }

    Reply post(String type, String path, JsonNode body, String... headers) {
        return call("POST", type, path, body, headers);
    }

    Reply put(String type, String path, JsonNode body, String... headers) {
        return call("PUT", type, path, body, headers);
    }

    Reply delete(String type, String path, String... headers) {
        return call("DELETE", type, path, null, headers);
    }

    Reply call(String verb, String type, String path, JsonNode body, String... headers) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        return send(
                http,
                request(type, path, headers)
                        .setHeader("Content-Type", "application/json")
                        .method(verb, publisher)
                        .build());
    }

    Reply upload(String path, byte[] bytes) {
        return send(
                http,
                request("image", path)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build());
    }

    private HttpRequest.Builder request(String type, String path, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create(endpoint(type) + path))
                .timeout(PATIENCE)
                .header("X-Auth-Token", token);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private static Reply send(HttpClient http, HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
