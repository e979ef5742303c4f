package io.orrery.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Speaks to the services' REST APIs. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** @throws ApiException if the answer is no 2xx, or there is none */
    public JsonNode get(URI base, String path) {
        return json(text(request(base, path).GET().build()));
    }

    /** @throws ApiException if the answer is no 2xx, or there is none */
    public String getText(URI base, String path) {
        return text(request(base, path).GET().build());
    }

    /** The answer, or empty for a 404. */
    public Optional<JsonNode> find(URI base, String path) {
        try {
            return Optional.of(get(base, path));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public JsonNode send(String method, URI base, String path, String contentType, String body) {
        var publisher = BodyPublishers.ofString(body);
        return json(text(request(base, path)
                .header("Content-Type", contentType)
                .method(method, publisher)
                .build()));
    }

    public JsonNode send(String method, URI base, String path) {
        BodyPublisher nothing = BodyPublishers.noBody();
        return json(text(request(base, path).method(method, nothing).build()));
    }

    /** Whether a GET is answered with 200 at this moment. */
    public boolean answers(URI base, String path) {
        try {
            return client.send(request(base, path).GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** With the API token of $ORRERY_TOKEN, if there is one. */
    private static HttpRequest.Builder request(URI base, String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        Optional.ofNullable(System.getenv("ORRERY_TOKEN"))
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private String text(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw ApiException.of(answer.statusCode(), json(answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            var who = request.uri().getScheme() + "://" + request.uri().getAuthority();
            throw new ApiException(who + " does not answer; does Orrery run there? (./orrery up starts one)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted", e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode()
                    .put("detail", body.lines().findFirst().orElse(""));
        }
    }
}
