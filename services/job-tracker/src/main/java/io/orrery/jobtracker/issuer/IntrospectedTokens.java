package io.orrery.jobtracker.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tokens of an issuer that others run, which is asked about each (RFC 7662). What it says is kept for a while, so that a
 * token that was revoked is good for so long still.
 */
public final class IntrospectedTokens implements Tokens {

    private static final Logger LOG = Logger.getLogger(IntrospectedTokens.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 10_000;

    /** What an issuer said of a token. */
    private record Answer(Optional<String> client, Instant until) {}

    private final URI issuer;
    private final Set<String> audiences;
    private final Discovery discovery;
    private final Credentials credentials;
    private final Clients clients;
    private final Clock clock;
    private final Cache<String, Answer> answers;
    private final HttpClient web =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** What this service itself signs in with. */
    public record Credentials(String id, String secret) {
        String header() {
            var both = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * @param audiences one of them must be the token's; empty: any
     * @param kept for how long an answer is believed
     */
    public IntrospectedTokens(
            URI issuer, Set<String> audiences, Credentials credentials, Duration kept, Clients clients, Clock clock) {
        this.issuer = issuer;
        this.audiences = Set.copyOf(audiences);
        this.discovery = new Discovery(issuer);
        this.credentials = credentials;
        this.clients = clients;
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST_KEPT)
                .expireAfterWrite(kept)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .build();
    }

    @Override
    public Optional<Caller> callerOf(String token) {
        var answer = answers.get(Client.sha256(token), any -> ask(token));
        return answer.client
                .filter(client -> answer.until.isAfter(clock.instant()))
                .map(client -> Claims.caller(client, clients));
    }

    private Answer ask(String token) {
        try {
            return answer(introspect(token));
        } catch (IOException | ParseException e) {
            LOG.warnf("%s does not answer for a token: %s", issuer, e.getMessage());
            throw RegistryException.unavailable("the issuer of tokens does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.unavailable("stopped while the issuer of tokens was asked");
        }
    }

    private Map<String, Object> introspect(String token) throws IOException, InterruptedException, ParseException {
        var request = HttpRequest.newBuilder(discovery.endpoint("introspection_endpoint"))
                .timeout(PATIENCE)
                .header("Authorization", credentials.header())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(
                        "token=" + URLEncoder.encode(token, UTF_8) + "&token_type_hint=access_token"))
                .build();
        var answer = web.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("introspection was answered with " + answer.statusCode());
        }
        return JSONObjectUtils.parse(answer.body());
    }

    private Answer answer(Map<String, Object> said) throws ParseException {
        var until = instant(said, "exp").orElse(Instant.MAX);
        var good = Boolean.TRUE.equals(said.get("active"))
                && (said.get("iss") == null || issuer.toString().equals(said.get("iss")))
                && !instant(said, "nbf").orElse(Instant.MIN).isAfter(clock.instant())
                && (audiences.isEmpty() || !Collections.disjoint(audiences, audience(said)));
        return new Answer(good ? Claims.client(said) : Optional.empty(), until);
    }

    private static Optional<Instant> instant(Map<String, Object> said, String name) {
        return said.get(name) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private static Collection<?> audience(Map<String, Object> said) {
        return said.get("aud") instanceof Collection<?> several ? several : List.of(String.valueOf(said.get("aud")));
    }
}
