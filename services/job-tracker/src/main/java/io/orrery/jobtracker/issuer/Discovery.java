package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/** What an issuer that others run says of itself at its well-known address, and the keys that it leads to. */
final class Discovery implements JWKSetSource<SecurityContext> {

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final URI issuer;
    private final ResourceRetriever web =
            new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_ANSWER);

    Discovery(URI issuer) {
        this.issuer = issuer;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
            throws RemoteKeySourceException {
        try {
            return JWKSet.parse(fetch(endpoint("jwks_uri")));
        } catch (IOException | ParseException e) {
            throw new RemoteKeySourceException("the keys of " + issuer + " are not to be had: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if the issuer does not answer, or does not name it */
    URI endpoint(String name) throws IOException {
        var known = configuration();
        if (!issuer.toString().equals(known.get("issuer"))) {
            throw new IOException("it says it is the issuer " + known.get("issuer"));
        }
        return Optional.ofNullable(known.get(name))
                .map(url -> URI.create(url.toString()))
                .orElseThrow(() -> new IOException("it names no " + name));
    }

    private Map<String, Object> configuration() throws IOException {
        var address = issuer.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration";
        try {
            return JSONObjectUtils.parse(fetch(URI.create(address)));
        } catch (ParseException e) {
            throw new IOException("its configuration cannot be read", e);
        }
    }

    private String fetch(URI address) throws IOException {
        return web.retrieveResource(address.toURL()).getContent();
    }

    @Override
    public void close() {}
}
