package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void looksWhereOpenstacksdkLooksAndInItsOrder() {
        var files = ConfigFiles.usual(Optional.empty(), Map.of("OS_CLIENT_CONFIG_FILE", "/named.yaml"), HOME);

        assertThat(files.clouds())
                .containsExactly(
                        Path.of("/named.yaml"),
                        Path.of("clouds.yaml"),
                        Path.of("clouds.yml"),
                        Path.of("clouds.json"),
                        Path.of("/home/ada/.config/openstack/clouds.yaml"),
                        Path.of("/home/ada/.config/openstack/clouds.yml"),
                        Path.of("/home/ada/.config/openstack/clouds.json"),
                        Path.of("/etc/xdg/openstack/clouds.yaml"),
                        Path.of("/etc/xdg/openstack/clouds.yml"),
                        Path.of("/etc/xdg/openstack/clouds.json"),
                        Path.of("/etc/openstack/clouds.yaml"),
                        Path.of("/etc/openstack/clouds.yml"),
                        Path.of("/etc/openstack/clouds.json"));
    }

    @Test
    void looksFirstAtWhatIsConfiguredWithTheSecretsBesideIt() {
        var files = ConfigFiles.usual(
                Optional.of(Path.of("/run/clouds.yaml")), Map.of("OS_CLIENT_SECURE_FILE", "/vault.yaml"), HOME);

        assertThat(files.clouds()).startsWith(Path.of("/run/clouds.yaml"), Path.of("clouds.yaml"));
        assertThat(files.secure())
                .startsWith(Path.of("/run/secure.yaml"), Path.of("/vault.yaml"), Path.of("secure.yaml"));
    }

    @Test
    void followsXdgsVariables() {
        var files = ConfigFiles.usual(
                Optional.empty(), Map.of("XDG_CONFIG_HOME", "/conf", "XDG_CONFIG_DIRS", "/a:/b"), HOME);

        assertThat(files.vendors())
                .containsSubsequence(
                        Path.of("/conf/openstack/clouds-public.yaml"),
                        Path.of("/home/ada/.config/openstack/clouds-public.yaml"),
                        Path.of("/a/openstack/clouds-public.yaml"),
                        Path.of("/b/openstack/clouds-public.yaml"),
                        Path.of("/etc/openstack/clouds-public.yaml"));
    }

    @Test
    void passesOverWhatIsNotThereOrNoFile(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("clouds.yaml"));
        Files.writeString(folder.resolve("clouds.json"), "{}");

        assertThat(ConfigFiles.first(
                        List.of(folder.resolve("none"), folder.resolve("clouds.yaml"), folder.resolve("clouds.json"))))
                .contains(folder.resolve("clouds.json"));
    }
}
