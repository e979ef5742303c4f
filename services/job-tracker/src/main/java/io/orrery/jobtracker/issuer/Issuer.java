package io.orrery.jobtracker.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.orrery.jobtracker.registry.Caller;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An OIDC issuer for the one grant that openEO's driver uses: client credentials. */
public final class Issuer {

    private static final String BACKENDS = "backends";
    private static final int KEY_BITS = 2048;

    private final URI name;
    private final Duration life;
    private final Clients clients;
    private final KeyVault vault;
    private final Clock clock;
    private volatile RSAKey key;

    /**
     * @param name the issuer's URL, as clients know it
     * @param life of a token; the driver asks for a new one 300 s before its end
     */
    public Issuer(URI name, Duration life, Clients clients, KeyVault vault, Clock clock) {
        this.name = name;
        this.life = life;
        this.clients = clients;
        this.vault = vault;
        this.clock = clock;
    }

    public URI name() {
        return name;
    }

    /** A token that has been given out. */
    public record Token(String text, Duration life) {}

    /** @return empty if there is no such client, or the secret is wrong */
    public Optional<Token> token(String clientId, String secret) {
        return clients.find(clientId)
                .filter(client -> client.isProvedBy(secret))
                .map(this::issue);
    }

    /** @return empty for a token that is not ours, is over, or whose client is gone */
    public Optional<Caller> verify(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            var ours = JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
                    && jwt.verify(new RSASSAVerifier(key().toRSAPublicKey()))
                    && name.toString().equals(claims.getIssuer())
                    && claims.getExpirationTime() != null
                    && claims.getExpirationTime().toInstant().isAfter(clock.instant())
                    && clients.find(claims.getSubject()).isPresent();
            return ours
                    ? Optional.of(new Caller(claims.getSubject(), new HashSet<>(claims.getStringListClaim(BACKENDS))))
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** The public keys, as a JSON web key set. */
    public Map<String, Object> publicKeys() {
        return new JWKSet(key()).toPublicJWKSet().toJSONObject();
    }

    private Token issue(Client client) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(name.toString())
                .subject(client.id())
                .audience("orrery-job-registry")
                .claim("client_id", client.id())
                .claim(BACKENDS, client.backends().stream().sorted().toList())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key().getKeyID())
                    .build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key()));
            return new Token(jwt.serialize(), life);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private RSAKey key() {
        var known = key;
        if (known == null) {
            synchronized (this) {
                known = key == null ? read(vault.keep(Issuer::make)) : key;
                key = known;
            }
        }
        return known;
    }

    private static byte[] make() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString()
                    .getBytes(UTF_8);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a signing key", e);
        }
    }

    private static RSAKey read(byte[] json) {
        try {
            return RSAKey.parse(new String(json, UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("the signing key that is kept is none", e);
        }
    }
}
