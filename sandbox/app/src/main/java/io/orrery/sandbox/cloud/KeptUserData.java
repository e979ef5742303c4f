package io.orrery.sandbox.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What servers were given to boot with, by their names. In files, as a machine finds its user-data again after a restart; they
 * hold keys, so nobody else may read them.
 */
final class KeptUserData {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Path folder;

    KeptUserData(Path folder) {
        try {
            this.folder = Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(String server, byte[] userData) {
        if (!NAME.matcher(server).matches()) {
            return; // no server of ours is called so
        }
        try {
            var draft = Files.createTempFile(folder, ".draft", "");
            Files.write(draft, userData);
            Files.move(draft, folder.resolve(server), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<byte[]> of(String server) {
        var file = folder.resolve(server);
        try {
            return NAME.matcher(server).matches() && Files.exists(file)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
