package io.orrery.jobtracker.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.orrery.jobtracker.Samples;
import io.orrery.jobtracker.registry.Caller;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuerTest {

    private static final URI NAME = URI.create("http://tracker:8084/issuer");
    private static final Duration LIFE = Duration.ofHours(1);

    private final InMemoryClients clients = new InMemoryClients();
    private final KeyVault vault = new OneKey();
    private final Clock noon = Clock.fixed(Samples.NOON, ZoneOffset.UTC);
    private final Issuer issuer = new Issuer(NAME, LIFE, clients, vault, noon);

    @BeforeEach
    void aClient() {
        clients.put(Client.of("openeo-demo", "secret", Set.of("demo")));
    }

    @Test
    void letsInWhomItGaveAToken() {
        assertThat(issuer.verify(token())).contains(new Caller("openeo-demo", Set.of("demo")));
    }

    @Test
    void givesNoTokenForAWrongSecretOrAStranger() {
        assertThat(issuer.token("openeo-demo", "guess")).isEmpty();
        assertThat(issuer.token("openeo-other", "secret")).isEmpty();
    }

    @Test
    void anotherReplicaWithTheSameKeyTakesItsTokens() {
        var replica = new Issuer(NAME, LIFE, clients, vault, noon);

        assertThat(replica.verify(token())).isPresent();
    }

    @Test
    void refusesATokenAfterItsLife() {
        var later = Clock.offset(noon, LIFE);

        assertThat(new Issuer(NAME, LIFE, clients, vault, later).verify(token()))
                .isEmpty();
    }

    @Test
    void refusesTheTokenOfAClientThatIsGone() {
        var token = token();
        clients.remove("openeo-demo");

        assertThat(issuer.verify(token)).isEmpty();
    }

    @Test
    void refusesWhatIsForgedForeignOrNoTokenAtAll() {
        var token = token();
        var parts = token.split("\\.", -1);
        var forged = parts[0] + "." + parts[1].replace(parts[1].charAt(10), 'A') + "." + parts[2];
        var foreign = new Issuer(NAME, LIFE, clients, new OneKey(), noon)
                .token("openeo-demo", "secret")
                .orElseThrow()
                .text();
        var elsewhere = new Issuer(URI.create("http://elsewhere"), LIFE, clients, vault, noon)
                .token("openeo-demo", "secret")
                .orElseThrow()
                .text();
        var unsigned = "eyJhbGciOiJub25lIn0." + parts[1] + ".";

        assertThat(issuer.verify(forged)).isEmpty();
        assertThat(issuer.verify(foreign)).isEmpty();
        assertThat(issuer.verify(elsewhere)).isEmpty();
        assertThat(issuer.verify(unsigned)).isEmpty();
        assertThat(issuer.verify("")).isEmpty();
        assertThat(issuer.verify("a.b.c")).isEmpty();
    }

    @Test
    void publishesTheKeyThatItsTokensAreCheckedWithAndNoMore() throws Exception {
        var keys = JWKSet.parse(issuer.publicKeys());
        var jwt = SignedJWT.parse(token());
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();

        assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(key.isPrivate()).isFalse();
    }

    private String token() {
        return issuer.token("openeo-demo", "secret").orElseThrow().text();
    }

    private static final class OneKey implements KeyVault {

        private byte[] kept;

        @Override
        public synchronized byte[] keep(Supplier<byte[]> made) {
            kept = kept == null ? made.get() : kept;
            return kept;
        }
    }
}
