package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.orrery.jobtracker.registry.Caller;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An OIDC issuer for the one grant that openEO's driver uses: client credentials. */
public final class Issuer implements Tokens {

    private static final String AUDIENCE = "orrery-job-registry";

    private final URI name;
    private final Duration life;
    private final Clients clients;
    private final SigningKeys keys;
    private final JwtReader reader;
    private final Clock clock;

    /**
     * @param name the issuer's URL, as clients know it
     * @param rotation says how long a token lives; the driver asks for a new one 300 s before its end
     */
    public Issuer(URI name, Rotation rotation, Clients clients, KeyVault vault, Clock clock) {
        this.name = name;
        this.life = rotation.tokenLife();
        this.clients = clients;
        this.keys = new SigningKeys(vault, rotation, clock);
        this.reader = new JwtReader(name, Set.of(AUDIENCE), keys, clock);
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

    /** A client's rights are those that it has now, whatever they were when it got the token. */
    @Override
    public Optional<Caller> callerOf(String token) {
        return reader.read(token)
                .flatMap(claims -> clients.find(claims.getSubject()))
                .map(client -> new Caller(client.id(), client.backends()));
    }

    /** The public keys, as a JSON web key set. */
    public Map<String, Object> publicKeys() {
        return keys.published().toJSONObject();
    }

    private Token issue(Client client) {
        var now = clock.instant();
        var key = keys.signer();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(name.toString())
                .subject(client.id())
                .audience(AUDIENCE)
                .claim("client_id", client.id())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return new Token(jwt.serialize(), life);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }
}
