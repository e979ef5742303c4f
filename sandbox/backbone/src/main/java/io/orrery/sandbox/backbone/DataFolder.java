package io.orrery.sandbox.backbone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** Where the programs write, held by one backbone at a time; a temporary one goes with it. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private DataFolder(Path path, boolean temporary) throws IOException {
        this.path = path;
        this.temporary = temporary;
        this.lock = locked(path);
    }

    static DataFolder of(BackboneSettings settings) {
        try {
            return settings.data().isPresent()
                    ? new DataFolder(Files.createDirectories(settings.data().get()), false)
                    : new DataFolder(Files.createTempDirectory("orrery-backbone-"), true);
        } catch (IOException e) {
            throw new BackboneException("The data folder cannot be used: " + e, e);
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        var channel =
                FileChannel.open(path.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held in this very JVM, which is no better
        }
        channel.close();
        throw new BackboneException("Another backbone uses the data folder " + path + ".");
    }

    Path path() {
        return path;
    }

    Path part(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the folder go, and removes it if it is a temporary one. */
    @Override
    public void close() {
        if (!lock.isOpen()) {
            return;
        }
        try {
            lock.close();
            if (temporary) {
                removeAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server's thread that ends late may still remove a file of its own: what is gone already is no error. */
    private void removeAll() throws IOException {
        try (var tree = Files.walk(path)) {
            for (var entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
            removeAll();
        }
    }
}
