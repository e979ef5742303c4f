package io.orrery.jobtracker.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.orrery.jobtracker.reconcile.HandDrivenClock;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

    private static final Duration USE = Duration.ofDays(30);
    private static final Duration LEAD = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofHours(2);

    private static final Rotation ROTATION = new Rotation(USE, LEAD, LIFE);
    private static final URI NAME = URI.create("http://tracker/issuer");

    private final HandDrivenClock clock = new HandDrivenClock();
    private final InMemoryClients clients = new InMemoryClients();
    private final InMemoryVault vault = TestKeys.vault(0);
    private final Issuer issuer = replica();
    private final Issuer other = replica();

    @BeforeEach
    void aClient() {
        clients.put(Client.of("openeo-demo", "secret", Set.of("demo")));
    }

    @Test
    void makesItsFirstKeyWhenThereIsNoneAndSignsAtOnce() throws Exception {
        var alone = new Issuer(NAME, ROTATION, clients, new InMemoryVault(), clock);

        assertThat(alone.callerOf(
                        alone.token("openeo-demo", "secret").orElseThrow().text()))
                .isPresent();
    }

    @Test
    void publishesAKeyForAWhileBeforeItSigns() throws Exception {
        var first = signer();
        clock.advance(USE.minus(LEAD));

        assertThat(published()).hasSize(2).startsWith(first);
        assertThat(signer()).isEqualTo(first);

        clock.advance(LEAD.plusSeconds(1));
        assertThat(signer()).isEqualTo(published().getLast());
    }

    @Test
    void keepsAFormerKeyUntilItsLastTokenIsOver() throws Exception {
        var first = signer();
        clock.advance(USE.minus(LEAD));
        signer();
        clock.advance(LEAD.minusSeconds(1));
        var last = token();
        assertThat(keyOf(last)).isEqualTo(first);

        clock.advance(LIFE.minusMinutes(1));
        assertThat(issuer.callerOf(last)).isPresent();
        assertThat(published()).contains(first);

        clock.advance(Duration.ofMinutes(10));
        assertThat(published()).hasSize(1).doesNotContain(first);
    }

    @Test
    void replicasTakeEachOthersTokensWhileKeysFollowEachOther() {
        for (int step = 0; step < 60; step++) {
            clock.advance(Duration.ofHours(37));
            var mine = issuer.token("openeo-demo", "secret").orElseThrow().text();
            var others = other.token("openeo-demo", "secret").orElseThrow().text();

            assertThat(other.callerOf(mine)).isPresent();
            assertThat(issuer.callerOf(others)).isPresent();
        }
        assertThat(vault.ring().keys().size()).isLessThanOrEqualTo(3);
    }

    @Test
    void goesOnWithTheKeysItKnowsWhileTheyCannotBeLookedUp() throws Exception {
        var token = token();
        vault.silent(true);
        clock.advance(Duration.ofMinutes(10));

        assertThat(issuer.callerOf(token)).isPresent();
        assertThat(token()).isNotEmpty();
    }

    @Test
    void publishesANewKeyFirstAlsoAfterALongStandstill() throws Exception {
        var first = signer();
        clock.advance(USE.multipliedBy(5));

        assertThat(signer()).isEqualTo(first);
        assertThat(published()).hasSize(2);
    }

    @Test
    void refusesTimesWithWhichTheDriverOrAReplicaCouldNotKeepUp() {
        assertThatThrownBy(() -> new Rotation(USE, LEAD, Duration.ofMinutes(5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rotation(USE, Duration.ofSeconds(10), LIFE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rotation(LEAD.minusMinutes(1), LEAD, LIFE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Issuer replica() {
        return new Issuer(URI.create("http://tracker/issuer"), new Rotation(USE, LEAD, LIFE), clients, vault, clock);
    }

    private String signer() throws ParseException {
        return keyOf(token());
    }

    private String token() {
        return issuer.token("openeo-demo", "secret").orElseThrow().text();
    }

    private static String keyOf(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private List<String> published() throws ParseException {
        return JWKSet.parse(issuer.publicKeys()).getKeys().stream()
                .map(JWK::getKeyID)
                .toList();
    }
}
