package io.orrery.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Says to the emulated cloud what a client says, without a client library. */
final class CloudClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI root;
    private final String token;

    CloudClient(URI authUrl) throws IOException, InterruptedException {
        root = authUrl.resolve("/");
        var login = http.send(
                HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("""
                                {"auth": {"identity": {"methods": ["password"], "password": {"user":
                                  {"name": "openeo", "domain": {"name": "Default"}, "password": "openeo-secret"}}},
                                 "scope": {"project": {"name": "openeo", "domain": {"name": "Default"}}}}}
                                """))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        token = login.headers().firstValue("X-Subject-Token").orElseThrow(() -> new IOException(login.body()));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    JsonNode put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path))
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.request() + " " + answer.statusCode() + " " + answer.body());
        }
        return json.readTree(answer.body());
    }
}
