package io.orrery.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orrery.cli.CommandException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingTest {

    @TempDir
    private Path root;

    @Test
    void isRememberedUntilItIsForgotten() {
        var folder = new RunFolder(root);

        new Standing("demo", "waw").note(folder);
        assertThat(Standing.in(folder)).contains(new Standing("demo", "waw"));

        Standing.forget(folder);
        assertThat(Standing.in(folder)).isEmpty();
    }

    @Test
    void saysHowItIsRemoved() {
        var standing = new Standing("demo", "waw");

        assertThat(standing.words(0)).contains("demo", "cloud waw").endsWith("./orrery down --remove removes it");
        assertThat(standing.words(500)).contains("./orrery down --remove --port-offset 500 removes it");
    }

    @Test
    void keepsAnotherRunFromForgettingWhatItKnows() {
        System.setProperty("orrery.home", root.toString());
        var folder = new RunFolder(root);
        new Standing("demo", "waw").note(folder);
        try (var local = new LocalOrrery(
                folder,
                0,
                Optional.empty(),
                new Screen(new PrintWriter(new StringWriter()), false),
                Clock.systemUTC())) {
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(local::start)
                    .withMessageContaining("still stands on cloud waw");
        } finally {
            System.clearProperty("orrery.home");
        }
        assertThat(folder.standing()).exists();
    }
}
