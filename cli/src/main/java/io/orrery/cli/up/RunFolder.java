package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where one running Orrery keeps its logs, data, keys and process id; one for each port offset. */
record RunFolder(Path root) {

    static RunFolder of(int portOffset) {
        return new RunFolder(home().resolve(".orrery").resolve("run-" + portOffset));
    }

    /** The folder of the source tree, which the launcher knows. */
    static Path home() {
        var home = System.getProperty("orrery.home");
        if (home == null) {
            throw new CommandException("start this with ./orrery, which says where the built services are");
        }
        return Path.of(home).toAbsolutePath().normalize();
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String program) {
        return logs().resolve(program + ".log");
    }

    Path data() {
        return root.resolve("data");
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path credentials() {
        return root.resolve("credentials");
    }

    /** There while a genuine cloud holds a platform of this run. */
    Path standing() {
        return root.resolve("standing");
    }

    Path pid() {
        return root.resolve("pid");
    }

    /** Empties it: the emulated cloud is new each time, so nothing that was said about a former one may stay. */
    void renew() {
        try {
            if (Files.exists(root)) {
                try (var files = Files.walk(root)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(logs());
            Files.createDirectories(data());
            Files.createDirectories(credentials());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
