package io.orrery.sparkdeployer.mounted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.sparkdeployer.reconcile.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Credentials as Kubernetes mounts Secrets: in a folder, one folder for each name, in it one file for each entry. Files that
 * begin with a dot are the mount's own.
 */
public final class MountedCredentials implements Credentials {

    private final Path folder;

    public MountedCredentials(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Map<String, String>> find(String name) {
        var place = folder.resolve(name).normalize();
        if (!place.startsWith(folder.normalize()) || name.startsWith(".") || !Files.isDirectory(place)) {
            return Optional.empty();
        }
        var entries = new TreeMap<String, String>();
        try (var files = Files.list(place)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var entry = file.getFileName().toString();
                if (!entry.startsWith(".")) {
                    entries.put(entry, Files.readString(file, UTF_8).stripTrailing());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the credentials " + name + " cannot be read", e);
        }
        return Optional.of(entries);
    }
}
