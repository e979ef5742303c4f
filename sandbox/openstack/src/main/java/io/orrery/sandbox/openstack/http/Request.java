package io.orrery.sandbox.openstack.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sandbox.openstack.model.Caller;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call on one service.
 *
 * @param id the request id, {@code req-} and a UUID
 * @param path behind the service's prefix
 * @param base the service's own URL, without a slash at its end: links begin with it
 * @param headers by lower-case name
 * @param variables what the route's template names in the path
 * @param caller nobody on routes that are open to all
 */
public record Request(
        String id,
        String verb,
        String path,
        String base,
        Query query,
        Map<String, String> headers,
        Body body,
        boolean loopback,
        Map<String, String> variables,
        Caller caller) {

    private static final Caller NOBODY = new Caller("", "", "", "", java.util.Set.of());

    static Request of(
            String id,
            String verb,
            String path,
            String base,
            Query query,
            Map<String, String> headers,
            Body body,
            boolean loopback) {
        return new Request(id, verb, path, base, query, Map.copyOf(headers), body, loopback, Map.of(), NOBODY);
    }

    Request on(Map<String, String> found) {
        return new Request(id, verb, path, base, query, headers, body, loopback, found, caller);
    }

    Request by(Caller who) {
        return new Request(id, verb, path, base, query, headers, body, loopback, variables, who);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** What stands in the path in this place of the template. */
    public String variable(String name) {
        return variables.get(name);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return body.json();
    }

    /** The body's bytes, where they were sent as such. */
    public Optional<Upload> upload() {
        return body.upload();
    }
}
