package io.orrery.jobtracker.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.jobtracker.issuer.Client;
import io.orrery.jobtracker.issuer.Clients;
import io.orrery.jobtracker.issuer.MountedClients;
import io.orrery.reconciler.seal.Sealer;
import io.orrery.reconciler.seal.Sealer.SealException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Clients of Orrery's own issuer, whose secrets only the sealed statuses hold. */
public final class IssuedCredentials implements Credentials {

    private static final Logger LOG = Logger.getLogger(IssuedCredentials.class);
    private static final int SECRET_BYTES = 32;

    private final Clients clients;
    private final Sealer sealer;
    private final SecureRandom random = new SecureRandom();

    public IssuedCredentials(Clients clients, Sealer sealer) {
        this.clients = clients;
        this.sealer = sealer;
    }

    /** As they were told before, or new ones. */
    @Override
    public Sealed make(PlatformName platform, Uid uid, Optional<TrackingStatus> told) {
        var id = clientOf(platform);
        var secret = told.flatMap(TrackingStatus::registry)
                .flatMap(registry -> open(uid, registry.clientCredentials()))
                .orElseGet(this::secret);
        var client = Client.of(id, secret, Set.of(platform.value()));
        if (!clients.find(id).filter(client::equals).isPresent()) {
            clients.put(client);
        }
        return sealer.seal(Purpose.REGISTRY, uid, (id + ":" + secret).getBytes(UTF_8));
    }

    @Override
    public void remove(PlatformName platform, Uid uid, Optional<TrackingStatus> told) {
        clients.remove(clientOf(platform));
    }

    /** Keys that were lost cost nothing but a new secret. */
    private Optional<String> open(Uid uid, Sealed credentials) {
        try {
            var both = new String(sealer.open(uid, credentials), UTF_8);
            return Optional.of(both.substring(both.indexOf(':') + 1));
        } catch (SealException e) {
            LOG.warnf("the registry's client gets a new secret: %s", e.getMessage());
            return Optional.empty();
        }
    }

    /** Letters and digits only: openEO splits {@code id:secret@issuer} at its signs. */
    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String clientOf(PlatformName platform) {
        return MountedClients.RESERVED + platform;
    }
}
