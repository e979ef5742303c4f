package io.orrery.reconciler.rest;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may call the REST API: bearers of the mounted API tokens; or, where none are mounted, everybody on this machine
 * and nobody else, as the service then listens on loopback only. Resources marked {@link PermitAll} see to it
 * themselves.
 */
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
final class Access implements ContainerRequestFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final String BEARER = "Bearer ";

    private final Optional<ApiTokens> tokens;
    private final String host;

    @Context
    ResourceInfo resource;

    Access(
            @ConfigProperty(name = "orrery.access.tokens") Optional<Path> file,
            @ConfigProperty(name = "quarkus.http.host") String host)
            throws IOException {
        this.tokens = file.isPresent() ? Optional.of(ApiTokens.read(file.get())) : Optional.empty();
        this.host = host;
    }

    void start(@Observes StartupEvent event) {
        if (tokens.isEmpty() && !LOOPBACK.contains(host)) {
            throw new IllegalStateException("refusing to listen on " + host + " without access control:"
                    + " mount a file of API tokens (orrery.access.tokens), or listen on 127.0.0.1 (quarkus.http.host)");
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (tokens.isPresent() && !isMarked(PermitAll.class)) {
            check(request, tokens.get());
        }
    }

    private void check(ContainerRequestContext request, ApiTokens known) {
        var role = Optional.ofNullable(request.getHeaderString("Authorization"))
                .filter(header -> header.startsWith(BEARER))
                .flatMap(header -> known.roleOf(header.substring(BEARER.length())))
                .orElseThrow(() -> new ProblemException(401, "Unauthorized", "a known API token is needed"));
        var needed = needed(request.getMethod());
        if (!role.covers(needed)) {
            throw new ProblemException(403, "Forbidden", "this needs a token of role " + needed);
        }
    }

    private Role needed(String method) {
        if (isMarked(AdminOnly.class)) {
            return Role.ADMIN;
        }
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) ? Role.VIEWER : Role.OPERATOR;
    }

    private boolean isMarked(Class<? extends Annotation> mark) {
        return resource.getResourceMethod().isAnnotationPresent(mark)
                || resource.getResourceClass().isAnnotationPresent(mark);
    }
}
