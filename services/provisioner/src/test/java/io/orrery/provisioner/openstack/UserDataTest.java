package io.orrery.provisioner.openstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.provisioner.reconcile.CloudException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class UserDataTest {

    @Test
    void staysReadableAsLongAsItIsShort() {
        assertThat(Base64.getDecoder().decode(UserData.encode("#cloud-config".getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo("#cloud-config");
    }

    @Test
    void isPackedNearNovasLimit() throws IOException {
        var plain = "runcmd: [echo, hello]\n".repeat(10_000).getBytes(UTF_8);

        var encoded = UserData.encode(plain);

        assertThat(encoded).hasSizeLessThan(65_535);
        try (var unpacked =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(encoded)))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void isRefusedWithItsLengthWhenNovaWouldNotTakeItPackedEither() {
        var noise = new byte[60_000];
        new Random(1).nextBytes(noise);

        assertThatThrownBy(() -> UserData.encode(noise))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("Nova takes 65535");
    }
}
