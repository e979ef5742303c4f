package io.orrery.reconciler.rest;

import io.orrery.reconciler.facts.Facts.NotLeaderException;
import io.orrery.reconciler.runtime.LeadershipOfService;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/** Hands a write that reached a follower to the leader, and its answer back. Once: a leader that has just changed is 503. */
@Provider
@LeaderOnly
final class HandOver implements ContainerRequestFilter {

    private static final String HANDED_OVER = "Orrery-Handed-Over";
    private static final Set<String> REQUEST_HEADERS = Set.of("Content-Type", "Accept", "Authorization", "If-Match");
    private static final Set<String> RESPONSE_HEADERS = Set.of("Content-Type", "Location", "ETag", "Retry-After");

    private final LeadershipOfService leadership;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    HandOver(LeadershipOfService leadership) {
        this.leadership = leadership;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (leadership.isLeading()) {
            return;
        }
        var leader = leadership
                .leader()
                .filter(address -> request.getHeaderString(HANDED_OVER) == null)
                .orElseThrow(() -> new NotLeaderException("no leader to hand the request to"));
        request.abortWith(handTo(URI.create(leader), request));
    }

    private Response handTo(URI leader, ContainerRequestContext request) throws IOException {
        var target = leader.resolve(request.getUriInfo().getRequestUri().getRawPath() + query(request));
        var body = BodyPublishers.ofByteArray(request.getEntityStream().readAllBytes());
        var handed = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(30))
                .header(HANDED_OVER, "true")
                .method(request.getMethod(), body);
        REQUEST_HEADERS.stream()
                .filter(name -> request.getHeaderString(name) != null)
                .forEach(name -> handed.header(name, request.getHeaderString(name)));
        try {
            var answer = client.send(handed.build(), BodyHandlers.ofByteArray());
            var response = Response.status(answer.statusCode()).entity(answer.body());
            RESPONSE_HEADERS.forEach(
                    name -> answer.headers().firstValue(name).ifPresent(value -> response.header(name, value)));
            return response.build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotLeaderException("stopped while the leader was asked", e);
        } catch (IOException e) {
            throw new NotLeaderException("the leader does not answer", e);
        }
    }

    private static String query(ContainerRequestContext request) {
        var query = request.getUriInfo().getRequestUri().getRawQuery();
        return query == null ? "" : "?" + query;
    }
}
