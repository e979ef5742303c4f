package io.orrery.jobtracker.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedClientsTest {

    private static final String HASH = Client.of("", "secret", Set.of()).secretSha256();

    @TempDir
    Path folder;

    private final InMemoryClients made = new InMemoryClients();
    private Path file;
    private int writes;

    @BeforeEach
    void aFile() {
        file = folder.resolve("clients");
    }

    @Test
    void knowsClientsOfTheFileWithTheirRightsBesideThoseThatWereMade() throws IOException {
        write("# cleans up\ncleaner  " + HASH + "  demo, other\n\n");
        var clients = new MountedClients(file, made);
        clients.put(Client.of("openeo-demo", "s", Set.of("demo")));

        var cleaner = clients.find("cleaner").orElseThrow();
        assertThat(cleaner.backends()).containsExactlyInAnyOrder("demo", "other");
        assertThat(cleaner.isProvedBy("secret")).isTrue();
        assertThat(cleaner.isProvedBy("guess")).isFalse();
        assertThat(clients.find("openeo-demo")).isPresent();
        assertThat(clients.find("stranger")).isEmpty();
    }

    @Test
    void seesThatTheFileHasChanged() throws IOException {
        write("cleaner " + HASH + " demo");
        var clients = new MountedClients(file, made);

        write("other " + HASH + " demo");

        assertThat(clients.find("cleaner")).isEmpty();
        assertThat(clients.find("other")).isPresent();
    }

    @Test
    void keepsWhatItKnewWhileTheFileIsGoneOrBroken() throws IOException {
        write("cleaner " + HASH + " demo");
        var clients = new MountedClients(file, made);

        write("cleaner secret demo");
        assertThat(clients.find("cleaner")).isPresent();
        Files.delete(file);
        assertThat(clients.find("cleaner")).isPresent();
        write("cleaner " + HASH + " other");
        assertThat(clients.find("cleaner").orElseThrow().backends()).containsExactly("other");
    }

    @Test
    void aClientWithoutASecretIsProvedByNothing() throws IOException {
        write("elsewhere - demo");
        var client = new MountedClients(file, made).find("elsewhere").orElseThrow();

        assertThat(client.isProvedBy("-")).isFalse();
        assertThat(client.isProvedBy("")).isFalse();
    }

    @Test
    void refusesAFileThatIsNotAsItShouldBe() throws IOException {
        assertRefused("cleaner plain-secret demo", "a line must be");
        assertRefused("cleaner " + HASH, "a line must be");
        assertRefused("cleaner " + HASH + " demo\ncleaner " + HASH + " other", "twice");
        assertRefused("openeo-demo " + HASH + " demo", "made for platforms");
    }

    private void assertRefused(String content, String reason) throws IOException {
        write(content);
        assertThatThrownBy(() -> new MountedClients(file, made))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    /** Each time with a time stamp of its own, however fast the test is. */
    private void write(String content) throws IOException {
        Files.writeString(file, content);
        writes++;
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(writes)));
    }
}
