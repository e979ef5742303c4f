package io.orrery.jobtracker.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.orrery.jobtracker.reconcile.HandDrivenClock;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.RegistryException;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The two ways of using an issuer that others run. */
class ForeignTokensTest {

    private static final Set<String> AUDIENCES = Set.of("openeo-registry");
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final HandDrivenClock clock = new HandDrivenClock();
    private final InMemoryClients clients = new InMemoryClients();
    private ForeignIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        issuer = new ForeignIssuer(0);
        clients.put(Client.elsewhere("driver", Set.of("demo")));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Nested
    class AsJsonWebTokens {

        private JwtTokens tokens;

        @BeforeEach
        void make() {
            tokens = new JwtTokens(issuer.name(), AUDIENCES, Duration.ZERO, clients, clock);
        }

        @Test
        void letsInWithTheRightsThatAreKnownHere() throws Exception {
            assertThat(tokens.callerOf(issuer.token(claims()))).contains(new Caller("driver", Set.of("demo")));
        }

        @Test
        void aClientThatIsNotKnownHereMayUseNothing() throws Exception {
            assertThat(tokens.callerOf(issuer.token(claims().claim("client_id", "stranger"))))
                    .contains(new Caller("stranger", Set.of()));
        }

        @Test
        void asksForTheKeysAgainWhenATokenNamesOneThatIsNotAmongThem() throws Exception {
            tokens.callerOf(issuer.token(claims()));
            issuer.useKey(1);

            assertThat(tokens.callerOf(issuer.token(claims()))).isPresent();
        }

        @Test
        void goesOnWithTheKeysItHasWhileTheIssuerIsSilent() throws Exception {
            tokens.callerOf(issuer.token(claims()));
            issuer.silent(true);

            assertThat(tokens.callerOf(issuer.token(claims()))).isPresent();
        }

        @Test
        void saysThatItCannotTellWhileTheIssuerIsSilentFromTheStart() throws Exception {
            issuer.silent(true);
            var token = issuer.token(claims());

            assertThatThrownBy(() -> tokens.callerOf(token))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.status()).isEqualTo(503));
            issuer.silent(false);
            assertThat(tokens.callerOf(token)).isPresent();
        }

        @Test
        void refusesTokensForOthersAndThoseOfOthers() throws Exception {
            var mine = issuer.token(claims());
            assertThat(tokens.callerOf(mine)).isPresent();

            try (var other = new ForeignIssuer(1)) {
                assertThat(tokens.callerOf(other.token(claims()))).isEmpty();
            }
            assertThat(tokens.callerOf(issuer.token(claims().audience("others"))))
                    .isEmpty();
            clock.advance(LIFE.plusMinutes(1));
            assertThat(tokens.callerOf(mine)).isEmpty();
        }

        private JWTClaimsSet.Builder claims() {
            return new JWTClaimsSet.Builder()
                    .subject("service-account-driver")
                    .claim("client_id", "driver")
                    .audience("openeo-registry")
                    .expirationTime(Date.from(clock.instant().plus(LIFE)));
        }
    }

    @Nested
    class ByIntrospection {

        private static final Duration KEPT = Duration.ofMinutes(1);

        private IntrospectedTokens tokens;

        @BeforeEach
        void make() {
            var own = new IntrospectedTokens.Credentials("registry", "se:cret");
            tokens = new IntrospectedTokens(issuer.name(), AUDIENCES, own, KEPT, clients, clock);
        }

        @Test
        void letsInWithTheRightsThatAreKnownHere() {
            issuer.knows("opaque", said(Map.of()));

            assertThat(tokens.callerOf("opaque")).contains(new Caller("driver", Set.of("demo")));
            assertThat(issuer.lastAuthorization()).isEqualTo("Basic cmVnaXN0cnk6c2UlM0FjcmV0");
        }

        @Test
        void asksOnceAndAgainAfterAWhile() {
            issuer.knows("opaque", said(Map.of()));
            tokens.callerOf("opaque");
            tokens.callerOf("opaque");
            assertThat(issuer.asked()).isEqualTo(1);

            issuer.knows("opaque", Map.of("active", false));
            clock.advance(KEPT.plusSeconds(1));

            assertThat(tokens.callerOf("opaque")).isEmpty();
        }

        @Test
        void refusesWhatIsNotActiveAndWhatIsForOthersOrOfOthers() {
            issuer.knows("revoked", said(Map.of("active", false)));
            issuer.knows("quoted", said(Map.of("active", "true")));
            issuer.knows("for-others", said(Map.of("aud", List.of("others"))));
            issuer.knows("of-others", said(Map.of("iss", "http://elsewhere")));
            issuer.knows("early", said(Map.of("nbf", clock.instant().plus(LIFE).getEpochSecond())));

            assertThat(List.of("revoked", "quoted", "for-others", "of-others", "early", "unheard-of"))
                    .allSatisfy(token -> assertThat(tokens.callerOf(token)).isEmpty());
        }

        @Test
        void refusesATokenThatExpiresWhileItsAnswerIsKept() {
            issuer.knows(
                    "short", said(Map.of("exp", clock.instant().plusSeconds(10).getEpochSecond())));
            assertThat(tokens.callerOf("short")).isPresent();

            clock.advance(Duration.ofSeconds(10));

            assertThat(tokens.callerOf("short")).isEmpty();
        }

        @Test
        void saysThatItCannotTellWhileTheIssuerIsSilentAndDoesNotKeepThat() {
            issuer.knows("opaque", said(Map.of()));
            issuer.silent(true);
            assertThatThrownBy(() -> tokens.callerOf("opaque"))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.status()).isEqualTo(503));

            issuer.silent(false);

            assertThat(tokens.callerOf("opaque")).isPresent();
        }

        private static Map<String, Object> said(Map<String, Object> instead) {
            var said = new HashMap<String, Object>(
                    Map.of("active", true, "client_id", "driver", "aud", List.of("openeo-registry")));
            said.putAll(instead);
            return said;
        }
    }
}
