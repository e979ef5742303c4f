package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.jobtracker.issuer.Issuer;
import io.orrery.jobtracker.issuer.Tokens;
import io.orrery.reconciler.rest.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** OpenID Connect as far as the client-credentials grant needs it (RFC 6749, section 4.4). */
@Path("/issuer")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "OIDC issuer")
class IssuerResource {

    private record Credentials(String id, String secret) {}

    private final Issuer issuer;
    private final Tokens tokens;

    IssuerResource(Issuer issuer, Tokens tokens) {
        this.issuer = issuer;
        this.tokens = tokens;
    }

    /** @throws ProblemException 404 where an issuer of others is used */
    private Issuer served() {
        if (tokens != issuer) {
            throw ProblemException.notFound("this registry takes the tokens of another issuer");
        }
        return issuer;
    }

    @GET
    @Path("/.well-known/openid-configuration")
    public Map<String, Object> configuration() {
        var name = served().name().toString();
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("issuer", name);
        configuration.put("token_endpoint", name + "/token");
        configuration.put("jwks_uri", name + "/jwks");
        configuration.put("grant_types_supported", List.of("client_credentials"));
        configuration.put(
                "token_endpoint_auth_methods_supported", List.of("client_secret_post", "client_secret_basic"));
        configuration.put("scopes_supported", List.of("openid"));
        configuration.put("response_types_supported", List.of());
        configuration.put("subject_types_supported", List.of("public"));
        configuration.put("id_token_signing_alg_values_supported", List.of("RS256"));
        return configuration;
    }

    @GET
    @Path("/jwks")
    public Map<String, Object> keys() {
        return served().publicKeys();
    }

    @POST
    @Path("/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @FormParam("grant_type") String grant,
            @FormParam("client_id") String id,
            @FormParam("client_secret") String secret) {
        if (grant == null) {
            return refused(400, "invalid_request");
        }
        if (!grant.equals("client_credentials")) {
            return refused(400, "unsupported_grant_type");
        }
        var basic = basic(authorization);
        if (basic.isPresent() && secret != null) {
            return refused(400, "invalid_request");
        }
        var posted =
                id == null || secret == null ? Optional.<Credentials>empty() : Optional.of(new Credentials(id, secret));
        return posted.or(() -> basic)
                .flatMap(it -> served().token(it.id, it.secret))
                .map(IssuerResource::granted)
                .orElseGet(() -> refused(401, "invalid_client"));
    }

    private static Response granted(Issuer.Token token) {
        return Response.ok(Map.of(
                        "access_token",
                        token.text(),
                        "token_type",
                        "bearer",
                        "expires_in",
                        token.life().toSeconds(),
                        "scope",
                        "openid"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response refused(int status, String error) {
        var answer = Response.status(status).entity(Map.of("error", error));
        if (status == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orrery\"");
        }
        return answer.build();
    }

    /** Id and secret are form-encoded before they are put together (RFC 6749, section 2.3.1). */
    private static Optional<Credentials> basic(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var both = new String(
                    Base64.getDecoder().decode(authorization.substring(6).trim()), UTF_8);
            var colon = both.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(
                            URLDecoder.decode(both.substring(0, colon), UTF_8),
                            URLDecoder.decode(both.substring(colon + 1), UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
