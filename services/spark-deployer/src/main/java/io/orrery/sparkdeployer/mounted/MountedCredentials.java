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
 * begin with a dot are the mount's own. In place of a folder there may be one file with a line {@code entry=value} for each.
 */
public final class MountedCredentials implements Credentials {

    private final Path folder;

    public MountedCredentials(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Map<String, String>> find(String name) {
        var place = folder.resolve(name).normalize();
        if (!folder.normalize().equals(place.getParent()) || name.startsWith(".") || !Files.exists(place)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.isDirectory(place) ? entries(place) : lines(place));
        } catch (IOException e) {
            throw new UncheckedIOException("the credentials " + name + " cannot be read", e);
        }
    }

    private static Map<String, String> entries(Path place) throws IOException {
        var entries = new TreeMap<String, String>();
        try (var files = Files.list(place)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var entry = file.getFileName().toString();
                if (!entry.startsWith(".")) {
                    entries.put(entry, Files.readString(file, UTF_8).stripTrailing());
                }
            }
        }
        return entries;
    }

    private static Map<String, String> lines(Path file) throws IOException {
        var entries = new TreeMap<String, String>();
        for (var line : Files.readAllLines(file, UTF_8)) {
            var equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                entries.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return entries;
    }
}
