package io.orrery.sandbox.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
    private static final String HASH = "a".repeat(64);

    @Test
    void aFullTokenHasHashAndPassword() throws JoinRefused {
        var token = JoinToken.parse("K10" + HASH + "::server:pass:word");

        assertThat(token.caHash()).contains(HASH);
        assertThat(token.password()).isEqualTo("pass:word");
        assertThat(token).hasToString("JoinToken[withheld]");
    }

    @Test
    void aShortTokenIsThePassword() throws JoinRefused {
        var token = JoinToken.parse("password");

        assertThat(token.caHash()).isEmpty();
        assertThat(token.password()).isEqualTo("password");
    }

    @Test
    void brokenTokensAreRefusedInTheWordsOfRke2() {
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> JoinToken.parse(""))
                .withMessageContaining("token must not be empty");
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> JoinToken.parse("K10abc::server:x"))
                .withMessageContaining("invalid token CA hash length");
        assertThatExceptionOfType(JoinRefused.class)
                .isThrownBy(() -> JoinToken.parse("K10" + HASH + "::server"))
                .withMessageContaining("invalid token format");
    }

    @Test
    void theHashIsOfTheFileForOneCertificateAndOfTheRootForAChain() throws Exception {
        var root = CertificateAuthority.create("root");
        var leaf = CertificateAuthority.create("leaf");
        var file = root.certificatePem();

        assertThat(ClusterCa.hash(file)).isEqualTo(sha256(file.getBytes(StandardCharsets.UTF_8)));
        assertThat(ClusterCa.hash(file + "\n")).isNotEqualTo(ClusterCa.hash(file));
        assertThat(ClusterCa.hash(leaf.certificatePem() + file))
                .isEqualTo(sha256(root.certificate().getEncoded()));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
