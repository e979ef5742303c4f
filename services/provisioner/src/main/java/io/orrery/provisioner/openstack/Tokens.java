package io.orrery.provisioner.openstack;

import io.orrery.provisioner.openstack.Wire.Call;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/**
 * The one token of a credential, shared by all threads; renewed when a fifth of its life is left, by one thread at a
 * time, and at once when a service does not accept it any more.
 */
final class Tokens {

    private record Held(KeystoneToken token, Instant renewal) {}

    private static final Logger LOG = Logger.getLogger(Tokens.class);

    private final Wire wire;
    private final URI authUrl;
    private final Supplier<Credential> credential;
    private final Clock clock;
    private Optional<Held> held = Optional.empty();

    /** @param credential read anew for each renewal: it may have been exchanged meanwhile */
    Tokens(Wire wire, URI authUrl, Supplier<Credential> credential, Clock clock) {
        this.wire = wire;
        this.authUrl = authUrl;
        this.credential = credential;
        this.clock = clock;
    }

    synchronized KeystoneToken current() {
        if (held.filter(it -> clock.instant().isBefore(it.renewal())).isEmpty()) {
            held = Optional.of(signIn());
        }
        return held.get().token();
    }

    /** A token other than the one that was just refused; signs in only if no other thread has done so meanwhile. */
    synchronized KeystoneToken otherThan(String refused) {
        if (held.filter(it -> it.token().getId().equals(refused)).isPresent()) {
            held = Optional.empty();
        }
        return current();
    }

    private Held signIn() {
        var asked = clock.instant();
        var call = new Call(
                "identity",
                "POST",
                URI.create(v3(authUrl) + "/auth/tokens"),
                Map.of(),
                Optional.of(credential.get().request().toString()));
        var reply = wire.send(call);
        if (reply.status() != 201) {
            throw Refusals.of(call, reply);
        }
        var id = reply.header("x-subject-token")
                .orElseThrow(() -> new CloudException(Sort.UNSURE, call + " was answered without a token"));
        try {
            var token = ObjectMapperSingleton.getContext(KeystoneToken.class)
                    .readerFor(KeystoneToken.class)
                    .<KeystoneToken>readValue(reply.text());
            token.setId(id);
            var life = Duration.between(
                    token.getIssuedAt().toInstant(), token.getExpires().toInstant());
            LOG.debugf("signed in to %s for %s", authUrl, life);
            return new Held(token, asked.plus(life.multipliedBy(4).dividedBy(5)));
        } catch (IOException e) {
            throw new CloudException(Sort.UNSURE, call + " was answered with no token", reply.requestId(), null, e);
        }
    }

    private static String v3(URI url) {
        var text = url.toString().replaceAll("/+$", "");
        return text.endsWith("/v3") ? text : text + "/v3";
    }
}
