package io.orrery.sandbox.controllers.openeo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the web app asks of the Elastic Job Registry before it starts: health, and a token of its client's. */
final class JobRegistry {

    private static final Pattern CREDENTIALS = Pattern.compile("([^:@]+):([^:@]+)@(https?://.+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Client(String id, String secret, URI issuer) {}

    private final Map<String, String> env;

    JobRegistry(Map<String, String> env) {
        this.env = env;
    }

    /** Nothing to check where no registry is named: jobs then live in the web app's memory. */
    void check() throws StartFailure, InterruptedException {
        var api = Optional.ofNullable(env.get("OPENEO_EJR_API")).filter(url -> !url.isEmpty());
        if (api.isEmpty()) {
            return;
        }
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            checkToken(http, client());
            var health = URI.create(api.get().replaceAll("/+$", "") + "/health");
            var answer = http.send(get(health), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StartFailure("EJR health check failed: " + answer.statusCode() + " from " + health);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure("EJR could not be reached", e);
        }
    }

    private Client client() throws StartFailure {
        var text = env.get("OPENEO_EJR_OIDC_CLIENT_CREDENTIALS");
        if (text != null) {
            var match = CREDENTIALS.matcher(text);
            if (!match.matches()) {
                throw new StartFailure(
                        "Failed to parse OIDC client credentials from env var 'OPENEO_EJR_OIDC_CLIENT_CREDENTIALS'");
            }
            return new Client(match.group(1), match.group(2), URI.create(match.group(3)));
        }
        var issuer = env.get("OPENEO_EJR_OIDC_ISSUER");
        var id = env.get("OPENEO_EJR_OIDC_CLIENT_ID");
        var secret = env.get("OPENEO_EJR_OIDC_CLIENT_SECRET");
        if (issuer == null || id == null || secret == null) {
            throw new StartFailure("No OIDC client credentials for the EJR: OPENEO_EJR_OIDC_CLIENT_CREDENTIALS");
        }
        return new Client(id, secret, URI.create(issuer));
    }

    private static void checkToken(HttpClient http, Client client)
            throws IOException, InterruptedException, StartFailure {
        var discovery =
                URI.create(client.issuer().toString().replaceAll("/+$", "") + "/.well-known/openid-configuration");
        var found = http.send(get(discovery), BodyHandlers.ofString());
        var endpoint = found.statusCode() == 200 ? read(found.body()).path("token_endpoint") : read("{}");
        if (!endpoint.isTextual()) {
            throw new StartFailure("No token endpoint at " + discovery + " (" + found.statusCode() + ")");
        }
        var form = "grant_type=client_credentials&scope=openid&client_id=" + encoded(client.id()) + "&client_secret="
                + encoded(client.secret());
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(endpoint.asText()))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200
                || !read(answer.body()).path("access_token").isTextual()) {
            throw new StartFailure(
                    "OIDC client credentials grant failed: " + answer.statusCode() + " from " + endpoint.asText());
        }
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    }

    private static JsonNode read(String body) throws IOException {
        return JSON.readTree(body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
