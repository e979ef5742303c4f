package io.orrery.jobtracker.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.issuer.Client;
import io.orrery.jobtracker.issuer.Clients;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.reconciler.seal.Sealer.SealException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Clients of an issuer that others run, in a mounted folder: for each platform a file of its name with {@code
 * id:secret}. Each platform has a client of its own, or openEO of one could see the jobs of another.
 */
public final class MountedCredentials implements Credentials {

    private static final Logger LOG = Logger.getLogger(MountedCredentials.class);

    private final Path folder;
    private final Clients clients;
    private final Sealer sealer;

    public MountedCredentials(Path folder, Clients clients, Sealer sealer) {
        this.folder = folder;
        this.clients = clients;
        this.sealer = sealer;
    }

    @Override
    public Sealed make(PlatformName platform, Uid uid, Optional<TrackingStatus> told) {
        var both = read(platform)
                .orElseThrow(
                        () -> new MissingException("the issuer's client for " + platform + " is not mounted: the file "
                                + platform + " with id:secret in orrery.job-tracker.oidc.drivers"));
        var client = Client.elsewhere(id(both), Set.of(platform.value()));
        var known = clients.find(client.id());
        if (known.filter(it -> !it.backends().contains(platform.value())).isPresent()) {
            throw new MissingException("the client " + client.id() + " is another platform's");
        }
        if (known.isEmpty()) {
            clients.put(client);
        }
        return sealer.seal(Purpose.REGISTRY, uid, both.getBytes(UTF_8));
    }

    /** The file may be another by now, or gone: the rights to be taken are those of the client that was told. */
    @Override
    public void remove(PlatformName platform, Uid uid, Optional<TrackingStatus> told) {
        told.flatMap(TrackingStatus::registry)
                .flatMap(registry -> open(uid, registry.clientCredentials()))
                .or(() -> read(platform))
                .map(MountedCredentials::id)
                .filter(id -> clients.find(id)
                        .filter(client -> client.backends().equals(Set.of(platform.value())))
                        .isPresent())
                .ifPresent(clients::remove);
    }

    private Optional<String> open(Uid uid, Sealed credentials) {
        try {
            return Optional.of(new String(sealer.open(uid, credentials), UTF_8));
        } catch (SealException e) {
            LOG.warnf("the client that was told cannot be read, the mounted one is taken for it: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> read(PlatformName platform) {
        try {
            var both = Files.readString(folder.resolve(platform.value())).strip();
            if (both.indexOf(':') < 1) {
                throw new MissingException("the client of " + platform + " is not written as id:secret");
            }
            return Optional.of(both);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new MissingException("the client of " + platform + " cannot be read");
        }
    }

    private static String id(String both) {
        return both.substring(0, both.indexOf(':'));
    }
}
