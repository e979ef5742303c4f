package io.orrery.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.cluster.Samples;
import io.orrery.cluster.keys.KeyMaker;
import io.orrery.cluster.keys.Kubeconfigs;
import io.orrery.cluster.reconcile.MountedKubeconfigs.UnusableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFolderTest {

    private static final URI API = URI.create("https://kube.example.org:6443");
    private static final String YAML = new Kubeconfigs(Samples.rsaKeys(), Clock.systemUTC())
            .mint("theirs", API, new KeyMaker(Samples.rsaKeys(), Clock.systemUTC()).make("theirs"), Duration.ofDays(1))
            .yaml();

    private Path folder;
    private KubeconfigFolder kubeconfigs;

    @BeforeEach
    void folder(@TempDir Path parent) throws IOException {
        folder = Files.createDirectory(parent.resolve("mounted"));
        Files.writeString(parent.resolve("secret"), YAML);
        kubeconfigs = new KubeconfigFolder(folder);
    }

    @Test
    void readsAFileByItsName() throws Exception {
        Files.writeString(folder.resolve("theirs"), YAML);

        var kubeconfig = kubeconfigs.read("theirs");

        assertThat(kubeconfig.yaml()).isEqualTo(YAML);
        assertThat(kubeconfig.apiServer())
                .hasScheme("https")
                .hasHost("kube.example.org")
                .hasPort(6443);
    }

    /** As Kubernetes mounts a secret. */
    @Test
    void readsTheKeyNamedKubeconfigOfAMountedSecret() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("theirs")).resolve("kubeconfig"), YAML);

        assertThat(kubeconfigs.read("theirs").yaml()).isEqualTo(YAML);
    }

    @Test
    void saysWhichIsMissing() {
        assertThatThrownBy(() -> kubeconfigs.read("theirs"))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("theirs");
    }

    @Test
    void neverLeavesItsFolder() {
        assertThatThrownBy(() -> kubeconfigs.read("../secret")).isInstanceOf(UnusableException.class);
    }

    @Test
    void refusesWhatIsNoKubeconfig() throws Exception {
        Files.writeString(folder.resolve("theirs"), "just: [a text");

        assertThatThrownBy(() -> kubeconfigs.read("theirs")).isInstanceOf(UnusableException.class);
    }

    @Test
    void refusesOneThatPointsToFilesElsewhere() throws Exception {
        Files.writeString(
                folder.resolve("theirs"),
                YAML.replaceAll("client-certificate-data: .*", "client-certificate: /home/me/client.crt")
                        .replaceAll("client-key-data: .*", "client-key: /home/me/client.key"));

        assertThatThrownBy(() -> kubeconfigs.read("theirs"))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("must hold");
    }
}
