package io.orrery.jobtracker.api;

import io.orrery.jobtracker.issuer.Issuer;
import io.orrery.jobtracker.registry.RegistryException;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Optional;

/** Lets in who carries a token of the issuer. Made while the service is being built up, when there is no issuer yet. */
@Provider
@NeedsToken
class TokenCheck implements ContainerRequestFilter {

    private static final String SCHEME = "bearer ";

    private final Instance<Issuer> issuer;
    private final SignedIn signedIn;

    TokenCheck(Instance<Issuer> issuer, SignedIn signedIn) {
        this.issuer = issuer;
        this.signedIn = signedIn;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var caller = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .flatMap(header ->
                        issuer.get().verify(header.substring(SCHEME.length()).trim()))
                .orElseThrow(() -> RegistryException.unauthorized("Unauthorized"));
        signedIn.as(caller);
    }
}
