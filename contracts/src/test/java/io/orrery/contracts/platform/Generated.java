package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in the tree that are made from the records: compared, or with -Dorrery.regenerate=true written. */
final class Generated {

    static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("orrery.regenerate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "(there is no such file)")
                .as(
                        "%s is stale: run the tests of contracts with -Dorrery.regenerate=true and commit it",
                        file.getFileName())
                .isEqualTo(expected);
    }

    private Generated() {}
}
