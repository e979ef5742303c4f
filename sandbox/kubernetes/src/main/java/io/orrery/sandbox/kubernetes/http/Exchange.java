package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.auth.User;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.protobuf.ProtobufBodies;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request, read completely.
 *
 * @param path decoded, without the query
 * @param uri as it came, query included, for those who pass it on
 */
record Exchange(
        HttpMethod method,
        String path,
        String uri,
        Map<String, String> query,
        MultiMap headers,
        Buffer body,
        User user) {

    private static final String JSON = "application/json";

    static Map<String, String> first(MultiMap parameters) {
        var first = new HashMap<String, String>();
        parameters.forEach((name, value) -> first.putIfAbsent(name, value));
        return Map.copyOf(first);
    }

    String header(String name) {
        var value = headers.get(name);
        return value == null ? "" : value;
    }

    /** Without parameters, in lower case; empty when none is given. */
    String contentType() {
        var type = header("Content-Type");
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** An object that must be there. */
    ObjectNode object() {
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("the body of the request must be an object");
    }

    /** An object that may be missing. */
    JsonNode objectIfAny() {
        return body.length() == 0 ? Json.object() : object();
    }

    private JsonNode json() {
        return switch (contentType()) {
            case "", JSON -> Json.parse(body.getBytes());
            case "application/yaml" -> Json.parseYaml(body.getBytes());
            case ProtobufBodies.CONTENT_TYPE -> ProtobufBodies.decode(body.getBytes());
            default ->
                throw ApiError.unsupportedMediaType(
                        "application/json, application/yaml, " + ProtobufBodies.CONTENT_TYPE);
        };
    }
}
