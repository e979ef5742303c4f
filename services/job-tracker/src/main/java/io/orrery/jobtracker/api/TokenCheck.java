package io.orrery.jobtracker.api;

import io.orrery.jobtracker.issuer.Tokens;
import io.orrery.jobtracker.registry.RegistryException;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets in who carries a token of the issuer. Made while the service is being built up, when there is no issuer yet. */
@Provider
@NeedsToken
class TokenCheck implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final Instance<Tokens> tokens;
    private final SignedIn signedIn;

    TokenCheck(Instance<Tokens> tokens, SignedIn signedIn) {
        this.tokens = tokens;
        this.signedIn = signedIn;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw RegistryException.unauthorized();
        }
        var token = header.substring(SCHEME.length()).trim();
        signedIn.as(tokens.get().callerOf(token).orElseThrow(RegistryException::invalidToken));
    }
}
