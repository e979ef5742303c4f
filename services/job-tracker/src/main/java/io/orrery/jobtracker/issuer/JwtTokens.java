package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import io.orrery.jobtracker.registry.Caller;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of an issuer that others run, as JSON web tokens. Its keys are kept for a while, asked for again when a token
 * names one that is not among them, and used for longer when the issuer does not answer.
 */
public final class JwtTokens implements Tokens {

    private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
    private static final Duration OUTAGE = Duration.ofHours(1);

    private final JwtReader reader;
    private final Clients clients;

    /**
     * @param audiences one of them must be the token's; empty: any
     * @param betweenLooks keys are asked for so often at most, whatever tokens name
     */
    public JwtTokens(URI issuer, Set<String> audiences, Duration betweenLooks, Clients clients, Clock clock) {
        var keys = JWKSourceBuilder.<SecurityContext>create(new Discovery(issuer))
                .cache(KEYS_KEPT.toMillis(), JWKSourceBuilder.DEFAULT_CACHE_REFRESH_TIMEOUT)
                .refreshAheadCache(false)
                .rateLimited(betweenLooks.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
        this.reader = new JwtReader(issuer, audiences, keys, clock);
        this.clients = clients;
    }

    @Override
    public Optional<Caller> callerOf(String token) {
        return reader.read(token)
                .flatMap(claims -> Claims.client(claims.getClaims()))
                .map(client -> Claims.caller(client, clients));
    }
}
