package io.orrery.sparkdeployer.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedCredentialsTest {

    @TempDir
    Path folder;

    @Test
    void readsAFileForEachEntryAndLeavesTheMountsOwnAlone() throws IOException {
        var place = Files.createDirectories(folder.resolve("eodata"));
        Files.writeString(place.resolve("AWS_ACCESS_KEY_ID"), "key\n");
        Files.writeString(place.resolve("..hidden"), "x");
        Files.createDirectories(place.resolve("..data"));

        assertThat(new MountedCredentials(folder).find("eodata")).contains(Map.of("AWS_ACCESS_KEY_ID", "key"));
    }

    @Test
    void readsALineForEachEntryOfASingleFile() throws IOException {
        Files.writeString(folder.resolve("eodata"), "# keys\nAWS_ACCESS_KEY_ID = key\nAWS_SECRET_ACCESS_KEY=a=b\n\n");

        assertThat(new MountedCredentials(folder).find("eodata"))
                .contains(Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "a=b"));
    }

    @Test
    void knowsNothingOutsideItsFolder() throws IOException {
        Files.createDirectories(folder.resolve("inside"));
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/key"), "x");

        var credentials = new MountedCredentials(folder.resolve("inside"));

        assertThat(credentials.find("../other")).isEmpty();
        assertThat(credentials.find(".")).isEmpty();
        assertThat(credentials.find("nothing")).isEmpty();
    }
}
