package io.orrery.cluster.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.orrery.cluster.Samples;
import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.Pair;
import io.orrery.reconciler.facts.FactCodec;
import java.io.IOException;
import java.io.StringReader;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.Test;

class KeyMakerTest {

    private static final ClusterKeys KEYS =
            new KeyMaker(new RsaKeys(), Clock.fixed(Samples.NOON, ZoneOffset.UTC)).make("demo-11111111-1");

    @Test
    void everyAuthoritySignsItselfAndIsAllowedToSignOthers() {
        assertThat(authorities()).allSatisfy(pair -> {
            var certificate = Pem.certificate(pair.certificate());
            assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
            assertThat(certificate.getBasicConstraints()).isPositive();
            assertThat(certificate.getKeyUsage()[5]).as("keyCertSign").isTrue();
        });
    }

    @Test
    void everyKeyBelongsToItsCertificate() {
        assertThat(authorities()).allSatisfy(pair -> assertThat(belong(pair)).isTrue());
    }

    /** Go's readers refuse one that names no curve. */
    @Test
    void everyKeyNamesItsCurve() {
        assertThat(authorities()).allSatisfy(pair -> {
            try (var parser = new PEMParser(new StringReader(pair.key()))) {
                var key = ((PEMKeyPair) parser.readObject()).getPrivateKeyInfo();
                assertThat(key.getPrivateKeyAlgorithm().getParameters()).isEqualTo(SECObjectIdentifiers.secp256r1);
            }
        });
    }

    @Test
    void authoritiesAreOfDifferentNamesAndLastTenYears() {
        assertThat(authorities())
                .map(pair -> Pem.certificate(pair.certificate())
                        .getSubjectX500Principal()
                        .getName())
                .containsExactlyInAnyOrder(
                        "CN=demo-11111111-1-server-ca",
                        "CN=demo-11111111-1-client-ca",
                        "CN=demo-11111111-1-request-header-ca",
                        "CN=demo-11111111-1-etcd-peer-ca",
                        "CN=demo-11111111-1-etcd-server-ca");
        assertThat(authorities()).allSatisfy(pair -> assertThat(
                        Pem.certificate(pair.certificate()).getNotAfter())
                .isEqualTo(Date.from(Samples.NOON.plus(Duration.ofDays(3650)))));
    }

    @Test
    void tokensOfServiceAccountsAreSignedByAnRsaKey() {
        assertThat(KEYS.serviceKey()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(Pem.key(KEYS.serviceKey())).isInstanceOfSatisfying(RSAPrivateKey.class, key -> assertThat(
                        key.getModulus().bitLength())
                .isEqualTo(2048));
    }

    @Test
    void nothingIsUsedTwice() {
        var others = new KeyMaker(new RsaKeys(), Clock.systemUTC()).make("demo-11111111-2");

        assertThat(others.serverPassword()).isNotEqualTo(KEYS.serverPassword());
        assertThat(others.agentPassword()).isNotEqualTo(KEYS.agentPassword());
        assertThat(others.serviceKey()).isNotEqualTo(KEYS.serviceKey());
        assertThat(others.clientCa()).isNotEqualTo(KEYS.clientCa());
    }

    @Test
    void surviveBeingWrittenAndReadAndNeverShowThemselves() throws IOException {
        assertThat(FactCodec.read(FactCodec.write(KEYS), ClusterKeys.class)).isEqualTo(KEYS);
        assertThat(KEYS.toString() + KEYS.serverCa()).doesNotContain("PRIVATE", KEYS.serverPassword());
    }

    private List<Pair> authorities() {
        return List.of(
                KEYS.serverCa(), KEYS.clientCa(), KEYS.requestHeaderCa(), KEYS.etcdPeerCa(), KEYS.etcdServerCa());
    }

    private static boolean belong(Pair pair) throws Exception {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(Pem.key(pair.key()));
        signature.update(new byte[] {1, 2, 3});
        var signed = signature.sign();
        PublicKey publicKey = Pem.certificate(pair.certificate()).getPublicKey();
        signature.initVerify(publicKey);
        signature.update(new byte[] {1, 2, 3});
        return signature.verify(signed);
    }
}
