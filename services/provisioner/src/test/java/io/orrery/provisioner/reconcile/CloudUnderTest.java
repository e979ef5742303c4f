package io.orrery.provisioner.reconcile;

import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the provisioner is tested: the genuine cloud that OS_CLOUD names, or an emulator of our own.
 *
 * @param name its entry in the clouds.yaml
 * @param answer patience for one answer
 * @param patience for what the cloud does of itself
 * @param beat between two passes: a genuine cloud has more to do for each
 */
record CloudUnderTest(
        String name,
        Path cloudsYaml,
        Optional<OpenStackEmulator> emulator,
        Duration answer,
        Duration patience,
        Duration beat)
        implements AutoCloseable {

    static boolean isGenuine() {
        return genuine().isPresent();
    }

    private static Optional<String> genuine() {
        return Optional.ofNullable(System.getenv("OS_CLOUD"));
    }

    static CloudUnderTest chosen() {
        return chosen(OpenStackSettings.defaults());
    }

    /** The genuine one if there is one, else an emulator with these settings. */
    static CloudUnderTest chosen(OpenStackSettings settings) {
        return genuine()
                .map(name -> new CloudUnderTest(
                        name,
                        cloudsYamlHere(),
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(1)))
                .orElseGet(() -> emulated(settings));
    }

    static CloudUnderTest emulated(OpenStackSettings settings) {
        var emulator = OpenStackEmulator.start(settings);
        try {
            var file = Files.createTempFile("clouds", ".yaml");
            Files.writeString(file, emulator.cloudsYaml());
            return new CloudUnderTest(
                    "sandbox",
                    file,
                    Optional.of(emulator),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(20));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path cloudsYamlHere() {
        var home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                        Stream.ofNullable(System.getenv("OS_CLIENT_CONFIG_FILE"))
                                .map(Path::of),
                        Stream.of(
                                Path.of("clouds.yaml"),
                                home.resolve(".config/openstack/clouds.yaml"),
                                Path.of("/etc/openstack/clouds.yaml")))
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("OS_CLOUD is set and there is no clouds.yaml"));
    }

    @Override
    public void close() {
        emulator.ifPresent(OpenStackEmulator::close);
    }
}
