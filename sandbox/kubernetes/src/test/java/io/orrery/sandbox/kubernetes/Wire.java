package io.orrery.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.orrery.sandbox.kubernetes.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Requests as they go over the wire, for statements that a typed client would hide. */
record Wire(KubernetesClient client, Duration patience) {
    Wire(KubernetesClient client) {
        this(client, Duration.ofSeconds(30));
    }

    Wire within(Duration other) {
        return new Wire(client, other);
    }

    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    /** An answer, and what of it is JSON. */
    record Reply(int code, String text, String contentType) {
        JsonNode json() {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The events of a watch. */
        List<JsonNode> events() {
            return text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }

        String reason() {
            return json().path("reason").asText();
        }

        String revision() {
            return json().path("metadata").path("resourceVersion").asText();
        }
    }

    Reply get(String path) {
        return send(request(path));
    }

    Reply getAs(String accept, String path) {
        return send(request(path).setHeader("Accept", accept));
    }

    Reply post(String path, String body) {
        return send(request(path).method("POST", JSON, yaml(body)));
    }

    Reply put(String path, String body) {
        return send(request(path).method("PUT", JSON, yaml(body)));
    }

    Reply patch(String path, String contentType, String body) {
        return send(request(path).method("PATCH", contentType, contentType.equals(APPLY) ? body : yaml(body)));
    }

    Reply delete(String path, String body) {
        return send(request(path).method("DELETE", JSON, yaml(body)));
    }

    Reply delete(String path) {
        return delete(path, "{}");
    }

    /** Bodies are written as YAML in tests and sent as JSON. */
    private static String yaml(String text) {
        return Json.parseYaml(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private HttpRequest.Builder request(String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            var response = client.getHttpClient()
                    .sendAsync(request.build(), String.class)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            var type = response.headers("Content-Type").stream().findFirst().orElse("");
            return new Reply(response.code(), response.bodyString(), type);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }
}
