package io.orrery.cli.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of the job registry, as openEO's driver is one: the URL and client credentials are all that it is given. */
final class RegistryClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI api;
    private final String token;

    /** @param lines the shell lines of `orrery registry --env` */
    RegistryClient(String lines) {
        var environment = lines.lines()
                .map(line -> line.replaceFirst("^export ", "").split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replaceAll("^'|'$", "")));
        api = URI.create(environment.get("OPENEO_EJR_API"));
        var credentials = environment.get("OPENEO_EJR_OIDC_CLIENT_CREDENTIALS");
        var at = credentials.lastIndexOf('@');
        var client = credentials.substring(0, at).split(":", 2);
        token = token(credentials.substring(at + 1), client[0], client[1]);
    }

    void create(Map<String, Object> job) {
        send("POST", URI.create(api + "/jobs"), job, 201);
    }

    void patch(String id, Map<String, Object> change) {
        send("PATCH", URI.create(api + "/jobs/" + id), change, 200);
    }

    private String token(String issuer, String id, String secret) {
        var discovery = read(
                HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                        .build(),
                200);
        var form = Map.of(
                        "grant_type", "client_credentials", "client_id", id, "client_secret", secret, "scope", "openid")
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = read(
                HttpRequest.newBuilder(
                                URI.create(discovery.path("token_endpoint").asText()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                200);
        return answer.path("access_token").asText();
    }

    private void send(String method, URI target, Map<String, Object> body, int expected) {
        try {
            read(
                    HttpRequest.newBuilder(target)
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + token)
                            .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                            .build(),
                    expected);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(HttpRequest request, int expected) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new CommandException("the job registry answered %s %s with %d: %s"
                        .formatted(request.method(), request.uri().getPath(), answer.statusCode(), answer.body()));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new CommandException("the job registry does not answer at " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        }
    }
}
