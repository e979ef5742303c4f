package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Watch;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What a request is answered with. */
sealed interface Answer {
    /** A whole answer. */
    record Body(int code, String contentType, Buffer bytes) implements Answer {}

    /**
     * Events until the client goes, or the time is up.
     *
     * @param bookmarks whether the client wants to hear how far it is when nothing happens
     * @param form how an object is to look
     */
    record Events(Watch watch, Duration life, boolean bookmarks, Function<JsonNode, JsonNode> form) implements Answer {}

    /** What another server answers, passed on as it comes. */
    record Passed(Upstream upstream) implements Answer {}

    /**
     * Connections to a pod.
     *
     * @param pod its name
     */
    record Forwarded(String pod, String address, List<Integer> ports) implements Answer {
        public Forwarded {
            ports = List.copyOf(ports);
        }
    }

    /** Another path for the same. */
    record Moved(String location) implements Answer {}

    static Answer moved(String location) {
        return new Moved(location);
    }

    static Answer json(int code, JsonNode node) {
        return new Body(code, "application/json", Buffer.buffer(Json.bytes(node)));
    }

    static Answer json(JsonNode node) {
        return json(200, node);
    }

    static Answer text(String text) {
        return new Body(200, "text/plain; charset=utf-8", Buffer.buffer(text));
    }

    static Answer of(ApiError error) {
        return json(error.code(), error.status());
    }
}
