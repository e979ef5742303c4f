package io.orrery.jobtracker.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.issuer.InMemoryClients;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedCredentialsTest {

    private static final PlatformName DEMO = new PlatformName("demo");
    private static final PlatformName OTHER = new PlatformName("other");
    private static final Uid UID = new Uid(UUID.randomUUID());

    @TempDir
    Path folder;

    @TempDir
    Path keys;

    private final InMemoryClients clients = new InMemoryClients();
    private Sealer sealer;
    private MountedCredentials credentials;

    @BeforeEach
    void begin() throws Exception {
        var keysets = new Keysets(keys);
        keysets.create();
        sealer = new Sealer(keysets);
        credentials = new MountedCredentials(folder, clients, sealer);
    }

    @Test
    void handsOnWhatIsMountedAndGivesTheClientRightsToItsPlatform() throws Exception {
        Files.writeString(folder.resolve("demo"), "driver:s:ecret\n");

        var sealed = credentials.make(DEMO, UID, Optional.empty());

        assertThat(new String(sealer.open(UID, sealed), UTF_8)).isEqualTo("driver:s:ecret");
        assertThat(clients.find("driver").orElseThrow().backends()).containsExactly("demo");
        credentials.remove(DEMO, UID, Optional.empty());
        assertThat(clients.find("driver")).isEmpty();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> credentials.make(DEMO, UID, Optional.empty()))
                .isInstanceOf(Credentials.MissingException.class)
                .hasMessageContaining("the file demo with id:secret");
        Files.writeString(folder.resolve("demo"), "secret");
        assertThatThrownBy(() -> credentials.make(DEMO, UID, Optional.empty()))
                .isInstanceOf(Credentials.MissingException.class)
                .hasMessageContaining("id:secret");
    }

    @Test
    void doesNotLetTwoPlatformsShareAClient() throws Exception {
        Files.writeString(folder.resolve("demo"), "driver:secret");
        Files.writeString(folder.resolve("other"), "driver:secret");
        credentials.make(DEMO, UID, Optional.empty());

        assertThatThrownBy(() -> credentials.make(OTHER, UID, Optional.empty()))
                .isInstanceOf(Credentials.MissingException.class)
                .hasMessageContaining("another platform's");
    }

    @Test
    void takesTheRightsOfTheClientThatWasToldWhateverIsMountedByThen() throws Exception {
        Files.writeString(folder.resolve("demo"), "driver:secret");
        var told = Optional.of(told(credentials.make(DEMO, UID, Optional.empty())));
        Files.delete(folder.resolve("demo"));

        credentials.remove(DEMO, UID, told);

        assertThat(clients.find("driver")).isEmpty();
        credentials.remove(DEMO, UID, told);
    }

    @Test
    void leavesTheClientOfAnotherPlatformItsRights() throws Exception {
        Files.writeString(folder.resolve("demo"), "driver:secret");
        Files.writeString(folder.resolve("other"), "driver:secret");
        credentials.make(DEMO, UID, Optional.empty());

        credentials.remove(OTHER, UID, Optional.empty());

        assertThat(clients.find("driver")).isPresent();
    }

    private static TrackingStatus told(Sealed client) {
        var registry = new TrackingStatus.Registry(
                URI.create("http://registry"), URI.create("http://issuer"), DEMO.value(), client);
        return new TrackingStatus(
                DEMO,
                UID,
                1,
                Phase.READY,
                List.of(),
                Optional.of(registry),
                new TrackingStatus.Tracker(false, Map.of()),
                List.of());
    }
}
