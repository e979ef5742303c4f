package io.orrery.sandbox.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;

/** What a call was answered with. */
record Reply(int status, HttpHeaders headers, String text) {
    JsonNode json() {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The message of an error, in whatever shape the service has put it. */
    String message() {
        var first = json().elements();
        return first.hasNext() ? first.next().path("message").asText() : "";
    }
}
