package io.orrery.jobtracker.issuer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The issuer's keys as all replicas share them. Each looks into the vault every {@value #SECONDS_BETWEEN_LOOKS} s, much
 * more often than a key is published before it signs, and whoever first sees that it is time for another puts it there.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final int SECONDS_BETWEEN_LOOKS = 60;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(SECONDS_BETWEEN_LOOKS);

    private record Look(KeyRing ring, Instant at) {}

    private final KeyVault vault;
    private final Rotation rotation;
    private final Clock clock;
    private Optional<Look> last = Optional.empty();

    SigningKeys(KeyVault vault, Rotation rotation, Clock clock) {
        this.vault = vault;
        this.rotation = rotation;
        this.clock = clock;
    }

    RSAKey signer() {
        return ring().signer(clock.instant());
    }

    JWKSet published() {
        return ring().set().toPublicJWKSet();
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(ring().set());
    }

    private synchronized KeyRing ring() {
        var now = clock.instant();
        if (last.filter(look -> look.at.plus(BETWEEN_LOOKS).isAfter(now)).isEmpty()) {
            last = Optional.of(new Look(look(now), now));
        }
        return last.get().ring;
    }

    private KeyRing look(Instant now) {
        try {
            return shared(now);
        } catch (RuntimeException e) {
            LOG.warnf("the signing keys cannot be looked up: %s", e.getMessage());
            return last.map(Look::ring).orElseThrow(() -> e);
        }
    }

    /** What the vault keeps, brought up to date. Somebody quicker may have done that; what is kept counts. */
    private KeyRing shared(Instant now) {
        var kept = vault.read();
        var ring = kept.map(it -> KeyRing.read(it.keys()));
        var due = ring.orElse(new KeyRing(List.of())).at(now, rotation);
        if (ring.filter(due::equals).isPresent()) {
            return due;
        }
        kept.ifPresentOrElse(former -> vault.replace(former, due.write()), () -> vault.create(due.write()));
        return vault.read().map(it -> KeyRing.read(it.keys())).orElse(due);
    }
}
