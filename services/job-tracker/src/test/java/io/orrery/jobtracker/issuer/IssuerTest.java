package io.orrery.jobtracker.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.orrery.jobtracker.reconcile.HandDrivenClock;
import io.orrery.jobtracker.registry.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuerTest {

    private static final URI NAME = URI.create("http://tracker:8084/issuer");
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final InMemoryClients clients = new InMemoryClients();
    private final InMemoryVault vault = TestKeys.vault(0);
    private final HandDrivenClock clock = new HandDrivenClock();
    private final Issuer issuer = issuer(NAME, vault);

    @BeforeEach
    void aClient() {
        clients.put(Client.of("openeo-demo", "secret", Set.of("demo")));
    }

    @Test
    void letsInWhomItGaveAToken() {
        assertThat(issuer.callerOf(token(issuer))).contains(new Caller("openeo-demo", Set.of("demo")));
    }

    @Test
    void givesNoTokenForAWrongSecretOrAStranger() {
        assertThat(issuer.token("openeo-demo", "guess")).isEmpty();
        assertThat(issuer.token("openeo-other", "secret")).isEmpty();
    }

    @Test
    void anotherReplicaWithTheSameKeysTakesItsTokens() {
        assertThat(issuer(NAME, vault).callerOf(token(issuer))).isPresent();
    }

    @Test
    void rightsAreThoseThatTheClientHasNow() {
        var token = token(issuer);
        clients.put(Client.of("openeo-demo", "other", Set.of("demo", "second")));

        assertThat(issuer.callerOf(token)).contains(new Caller("openeo-demo", Set.of("demo", "second")));
    }

    @Test
    void refusesTheTokenOfAClientThatIsGone() {
        var token = token(issuer);
        clients.remove("openeo-demo");

        assertThat(issuer.callerOf(token)).isEmpty();
    }

    @Test
    void refusesATokenThatIsExpired() {
        var token = token(issuer);
        clock.advance(LIFE.plus(SKEW));

        assertThat(issuer.callerOf(token)).isEmpty();
    }

    @Test
    void refusesATokenThatIsNotValidYet() throws Exception {
        var notBefore = clock.instant().plus(SKEW).plusSeconds(1);
        var token = signed(claims().notBeforeTime(Date.from(notBefore)));
        assertThat(issuer.callerOf(token)).isEmpty();

        clock.advance(Duration.ofSeconds(2));
        assertThat(issuer.callerOf(token)).isPresent();
    }

    @Test
    void refusesATokenThatNeverExpires() throws Exception {
        assertThat(issuer.callerOf(signed(claims()))).isPresent();
        assertThat(issuer.callerOf(signed(claims().expirationTime(null)))).isEmpty();
    }

    @Test
    void refusesATokenOfAnotherIssuer() {
        var elsewhere = issuer(URI.create("http://elsewhere"), vault);

        assertThat(issuer.callerOf(token(elsewhere))).isEmpty();
    }

    @Test
    void refusesATokenForAnotherAudience() throws Exception {
        assertThat(issuer.callerOf(signed(claims().audience("somebody-else")))).isEmpty();
    }

    @Test
    void refusesATokenThatAnotherKeySigned() throws Exception {
        var foreign =
                new RSAKey.Builder(TestKeys.key(1)).keyID(key().getKeyID()).build();

        assertThat(issuer.callerOf(token(issuer(NAME, TestKeys.vault(1))))).isEmpty();
        assertThat(issuer.callerOf(signed(claims(), JWSAlgorithm.RS256, new RSASSASigner(foreign))))
                .isEmpty();
    }

    @Test
    void refusesATokenWithoutASignature() throws Exception {
        assertThat(issuer.callerOf(new PlainJWT(claims().build()).serialize())).isEmpty();
    }

    @Test
    void refusesATokenThatIsSignedWithThePublicKeyAsASecret() throws Exception {
        var pem = Base64.getMimeEncoder().encodeToString(key().toRSAPublicKey().getEncoded());

        assertThat(issuer.callerOf(signed(claims(), JWSAlgorithm.HS256, new MACSigner(pem))))
                .isEmpty();
    }

    @Test
    void refusesATokenWhosePayloadWasChanged() {
        var parts = token(issuer).split("\\.", -1);
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("openeo-demo", "openeo-else");
        clients.put(Client.of("openeo-else", "secret", Set.of("else")));
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8));

        assertThat(issuer.callerOf(parts[0] + "." + forged + "." + parts[2])).isEmpty();
    }

    @Test
    void refusesWhatIsNoTokenAtAll() {
        assertThat(issuer.callerOf("")).isEmpty();
        assertThat(issuer.callerOf("a.b.c")).isEmpty();
        assertThat(issuer.callerOf("\u0000\ud800.e30.e30")).isEmpty();
    }

    @Test
    void publishesTheKeyThatItsTokensAreCheckedWithAndNoMore() throws Exception {
        var keys = JWKSet.parse(issuer.publicKeys());
        var jwt = SignedJWT.parse(token(issuer));
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();

        assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(key.isPrivate()).isFalse();
    }

    private Issuer issuer(URI name, KeyVault keys) {
        var rotation = new Rotation(Duration.ofDays(30), Duration.ofHours(1), LIFE);
        return new Issuer(name, rotation, clients, keys, clock);
    }

    private static String token(Issuer of) {
        return of.token("openeo-demo", "secret").orElseThrow().text();
    }

    /** As the issuer's own, unless the test says otherwise. */
    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(NAME.toString())
                .subject("openeo-demo")
                .audience("orrery-job-registry")
                .expirationTime(Date.from(clock.instant().plus(LIFE)));
    }

    private static RSAKey key() {
        return TestKeys.key(0);
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(key()));
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer)
            throws JOSEException {
        var header = new JWSHeader.Builder(algorithm).keyID(key().getKeyID()).build();
        var jwt = new SignedJWT(header, claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }
}
