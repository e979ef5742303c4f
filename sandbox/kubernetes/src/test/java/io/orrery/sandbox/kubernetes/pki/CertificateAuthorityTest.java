package io.orrery.sandbox.kubernetes.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private final CertificateAuthority authority = CertificateAuthority.create("test-ca");

    @Test
    void signsServersByNameAndAddress() throws Exception {
        var server = authority.issueServer("api", List.of("api.example.org", "127.64.0.1"), Duration.ofDays(1));
        var certificate = Pem.certificates(server.certificatePem()).getFirst();
        certificate.verify(authority.certificate().getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .anySatisfy(name -> assertThat(name.toString()).contains("api.example.org"))
                .anySatisfy(name -> assertThat(name.toString()).contains("127.64.0.1"));
    }

    @Test
    void writesUserAndGroupsIntoClients() {
        var client = authority.issueClient("alice", List.of("system:masters"), Duration.ofDays(1));
        var subject = Pem.certificates(client.certificatePem()).getFirst().getSubjectX500Principal();
        assertThat(subject.getName()).contains("CN=alice", "O=system:masters");
    }

    @Test
    void comesBackFromItsPem() throws Exception {
        var again = CertificateAuthority.of(authority.identity());
        var client = again.issueClient("bob", List.of(), Duration.ofDays(1));
        Pem.certificates(client.certificatePem())
                .getFirst()
                .verify(authority.certificate().getPublicKey());
    }

    @Test
    void findsThePublicHalfOfKeysOfBothKinds() throws Exception {
        assertThat(Pem.keyPair(Pem.of(newKey("RSA", 2048))).getPublic()).isInstanceOf(RSAPublicKey.class);
        var pair = Pem.keyPair(Pem.of(newKey("EC", 256)));
        assertThat(pair.getPublic()).isInstanceOf(ECPublicKey.class);
    }

    private static PrivateKey newKey(String algorithm, int size) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair().getPrivate();
    }

    @Test
    void keepsKeysOutOfTexts() {
        assertThat(authority.identity().toString()).doesNotContain("PRIVATE");
        assertThat(ClusterPki.create().toString()).doesNotContain("PRIVATE");
    }
}
