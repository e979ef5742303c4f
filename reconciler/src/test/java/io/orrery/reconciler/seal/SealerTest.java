package io.orrery.reconciler.seal;

import static io.orrery.reconciler.Samples.OTHER_UID;
import static io.orrery.reconciler.Samples.UID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {

    private static final byte[] SECRET = "the CA key".getBytes(UTF_8);

    @TempDir
    Path folder;

    private Sealer sealer;

    @BeforeEach
    void keys() throws Exception {
        new Keysets(folder).create();
        sealer = new Sealer(new Keysets(folder));
    }

    @Test
    void opensWhatItSealed() {
        var sealed = sealer.seal(Purpose.KUBECONFIG, UID, SECRET);

        assertThat(sealer.open(UID, sealed)).isEqualTo(SECRET);
    }

    @Test
    void knowsEqualSecretsByTheirDigestThoughTheCiphertextDiffers() {
        var once = sealer.seal(Purpose.S3, UID, SECRET);
        var twice = sealer.seal(Purpose.S3, UID, SECRET);

        assertThat(twice.digest()).isEqualTo(once.digest());
        assertThat(twice.ciphertext()).isNotEqualTo(once.ciphertext());
        assertThat(sealer.seal(Purpose.S3, OTHER_UID, SECRET).digest()).isNotEqualTo(once.digest());
    }

    @Test
    void doesNotOpenInAnotherPlatformsStatus() {
        var sealed = sealer.seal(Purpose.S3, UID, SECRET);

        assertThatThrownBy(() -> sealer.open(OTHER_UID, sealed)).isInstanceOf(Sealer.SealException.class);
    }

    @Test
    void doesNotOpenForAnotherPurpose() {
        var sealed = sealer.seal(Purpose.S3, UID, SECRET);
        var relabelled = new Sealed(Purpose.BOOTSTRAP, sealed.digest(), sealed.ciphertext());

        assertThatThrownBy(() -> sealer.open(UID, relabelled)).isInstanceOf(Sealer.SealException.class);
    }

    @Test
    void saysWhichKeysetIsNotMounted() throws Exception {
        Files.delete(folder.resolve("cluster-keys.aead.json"));

        assertThatThrownBy(() -> sealer.seal(Purpose.CLUSTER_KEYS, UID, SECRET))
                .isInstanceOf(Sealer.SealException.class)
                .hasMessageContaining("CLUSTER_KEYS");
    }

    @Test
    void keepsKeysetsThatAreThereAndFromOthersEyes() throws Exception {
        var file = folder.resolve("kubeconfig.aead.json");
        var before = Files.readString(file);

        new Keysets(folder).create();

        assertThat(file).hasContent(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void showsNothingOfItWhenPrinted() {
        assertThat(sealer.seal(Purpose.S3, UID, SECRET)).hasToString("Sealed[S3]");
    }
}
