package io.orrery.jobtracker.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Clients that operators keep in a file, beside those that are made for each platform. The file is read again when it
 * has changed. A line for each: id, SHA-256 of the secret in hex, and the backend ids whose jobs it may see and change,
 * with commas between them. The hash is {@code -} for a client that signs in at an issuer of others.
 */
public final class MountedClients implements Clients {

    /** Of those that are made for platforms. */
    public static final String RESERVED = "openeo-";

    private static final Logger LOG = Logger.getLogger(MountedClients.class);

    private record Content(FileTime changed, Map<String, Client> clients) {}

    private final Path file;
    private final Clients others;
    private volatile Content content;

    /** @throws IllegalArgumentException if the file is not as it should be; later such a file is only logged */
    public MountedClients(Path file, Clients others) {
        this.file = file;
        this.others = others;
        try {
            this.content = read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Client> find(String id) {
        return Optional.ofNullable(newest().clients.get(id)).or(() -> others.find(id));
    }

    @Override
    public void put(Client client) {
        others.put(client);
    }

    @Override
    public void remove(String id) {
        others.remove(id);
    }

    /** What was there before is kept while the file is missing or not as it should be. */
    private Content newest() {
        var known = content;
        try {
            if (Files.getLastModifiedTime(file).equals(known.changed)) {
                return known;
            }
            content = read(file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("the registry's clients stay as they were: %s", e.getMessage());
        }
        return content;
    }

    private static Content read(Path file) throws IOException {
        var changed = Files.getLastModifiedTime(file);
        var clients = new HashMap<String, Client>();
        for (var line : Files.readAllLines(file)) {
            var text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                var client = client(file, text);
                if (clients.put(client.id(), client) != null) {
                    throw new IllegalArgumentException(file + ": " + client.id() + " is there twice");
                }
            }
        }
        return new Content(changed, Map.copyOf(clients));
    }

    private static Client client(Path file, String line) {
        var parts = line.split("\\s+", 3);
        if (parts.length != 3 || !parts[1].matches("[0-9a-f]{64}|-")) {
            throw new IllegalArgumentException(
                    file + ": a line must be: id, SHA-256 of the secret in hex (or -), backend ids with commas");
        }
        if (parts[0].startsWith(RESERVED)) {
            throw new IllegalArgumentException(file + ": ids that begin with " + RESERVED + " are made for platforms");
        }
        return new Client(parts[0], parts[1], Set.of(parts[2].split("\\s*,\\s*")));
    }
}
