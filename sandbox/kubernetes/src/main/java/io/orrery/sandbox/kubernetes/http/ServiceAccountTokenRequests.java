package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.auth.ServiceAccountTokens;
import io.orrery.sandbox.kubernetes.auth.ServiceAccountTokens.Bound;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/** Answers {@code serviceaccounts/token}: tokens bound to the account and, if asked, to a pod, secret or node. */
final class ServiceAccountTokenRequests {
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;
    private static final long USUAL_SECONDS = 3600;

    private final Registry registry;
    private final ServiceAccountTokens tokens;
    private final Clock clock;

    ServiceAccountTokenRequests(Registry registry, ServiceAccountTokens tokens, Clock clock) {
        this.registry = registry;
        this.tokens = tokens;
        this.clock = clock;
    }

    ObjectNode answer(String namespace, String name, ObjectNode request) {
        var accounts = registry.core("serviceaccounts");
        var uid = Metadata.of(registry.get(accounts, namespace, name)).uid();
        var spec = Json.child(request, "spec");
        var seconds = spec.path("expirationSeconds").asLong(USUAL_SECONDS);
        if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
            throw ApiError.badRequest(
                    "spec.expirationSeconds: may not specify a duration less than 10 minutes or larger than 2^32 seconds");
        }
        var audiences = new ArrayList<String>();
        spec.path("audiences").forEach(audience -> audiences.add(audience.asText()));
        var now = clock.instant();
        var token = tokens.issue(
                namespace,
                name,
                uid,
                audiences,
                now,
                Duration.ofSeconds(seconds),
                bound(namespace, spec.path("boundObjectRef")));
        spec.put("expirationSeconds", seconds);
        if (audiences.isEmpty()) {
            spec.putArray("audiences").add(ServiceAccountTokens.ISSUER);
        }
        request.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        Json.child(request, "metadata").put("name", name).put("namespace", namespace);
        request.putObject("status")
                .put("token", token)
                .put(
                        "expirationTimestamp",
                        now.plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString());
        return request;
    }

    private Optional<Bound> bound(String namespace, JsonNode reference) {
        if (Json.isAbsent(reference)) {
            return Optional.empty();
        }
        var kind = reference.path("kind").asText();
        var name = reference.path("name").asText();
        var type = registry.catalog()
                .findKind("v1", kind)
                .filter(served -> served.type().stored())
                .orElseThrow(() -> ApiError.badRequest("cannot bind token for object of type " + kind));
        return Optional.of(new Bound(
                kind, name, Metadata.of(registry.get(type, namespace, name)).uid()));
    }
}
