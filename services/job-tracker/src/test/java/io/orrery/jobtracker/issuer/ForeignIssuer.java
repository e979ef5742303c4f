package io.orrery.jobtracker.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer that others run: discovery, tokens, keys and introspection over HTTP. */
public final class ForeignIssuer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key;
    private volatile boolean silent;
    private volatile String lastAuthorization = "";

    /** @param number of the key that it signs with */
    public ForeignIssuer(int number) throws IOException {
        key = TestKeys.key(number);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::configuration);
        server.createContext("/jwks", exchange -> answer(exchange, new JWKSet(key).toString(true)));
        server.createContext("/introspect", this::introspect);
        server.createContext("/token", this::give);
        server.start();
    }

    public URI name() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A signed token with these claims, and the issuer's name. */
    public String token(JWTClaimsSet.Builder claims) throws JOSEException {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var jwt = new SignedJWT(header, claims.issuer(name().toString()).build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    void useKey(int number) {
        key = TestKeys.key(number);
    }

    void silent(boolean is) {
        silent = is;
    }

    /** What introspection says of a token; of others it says that they are not active. */
    void knows(String token, Map<String, Object> said) {
        known.put(token, said);
    }

    /** How often it was asked about a token. */
    int asked() {
        return asked.get();
    }

    String lastAuthorization() {
        return lastAuthorization;
    }

    private void configuration(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                JSONObjectUtils.toJSONString(Map.of(
                        "issuer", name().toString(),
                        "token_endpoint", name() + "/token",
                        "jwks_uri", name() + "/jwks",
                        "introspection_endpoint", name() + "/introspect")));
    }

    /** To everybody, whatever the secret is; for ten minutes. */
    private void give(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var client = form.replaceAll("^(?:.*&)?client_id=([^&]*).*$", "$1");
        var claims = new JWTClaimsSet.Builder()
                .subject("service-account-" + client)
                .claim("client_id", client)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        try {
            answer(
                    exchange,
                    JSONObjectUtils.toJSONString(Map.of("access_token", token(claims), "token_type", "Bearer")));
        } catch (JOSEException e) {
            throw new IOException(e);
        }
    }

    private void introspect(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        lastAuthorization = exchange.getRequestHeaders().getFirst("Authorization");
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var token = form.replaceAll("^token=([^&]*).*", "$1");
        answer(exchange, JSONObjectUtils.toJSONString(known.getOrDefault(token, Map.of("active", false))));
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(silent ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
