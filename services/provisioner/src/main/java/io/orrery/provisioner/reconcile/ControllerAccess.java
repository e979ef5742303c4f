package io.orrery.provisioner.reconcile;

import io.orrery.contracts.CloudCredential;
import io.orrery.contracts.Condition;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Resource;
import io.orrery.contracts.Sealed;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.plan.Blueprint;
import io.orrery.provisioner.plan.Credentials;
import io.orrery.provisioner.plan.Scene.Restraint;
import io.orrery.provisioner.plan.Step;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.reconciler.facts.FactCodec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application credential that the cloud controller and Cinder CSI of a platform sign in with. Keystone says its
 * secret only once, so we choose the secret, and the ledger holds it, sealed, before the credential is made. Where the
 * cloud lets us make none, the controllers get the one that we sign in with, if it is one, and a condition warns of it.
 */
final class ControllerAccess {

    /** What says that it will not be given, whenever one asks: forbidden, or a Keystone that has no such thing. */
    private static final Set<Sort> REFUSALS = EnumSet.of(Sort.REFUSED, Sort.NOT_FOUND);

    /** A refusal is a setting of the cloud: it is asked again that seldom. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(5);

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Workshop workshop;
    private final PlatformName platform;
    private final Site site;
    private final Memory memory;

    ControllerAccess(Workshop workshop, PlatformName platform, Site site, Memory memory) {
        this.workshop = workshop;
        this.platform = platform;
        this.site = site;
        this.memory = memory;
    }

    Optional<Step> step(State state, Restraint restraint) {
        if (refusal().isPresent()) {
            return Optional.empty();
        }
        return Credentials.step(
                Keys.APPLICATION_CREDENTIAL,
                Kind.APPLICATION_CREDENTIAL,
                state.ledger(),
                state.observed(),
                restraint,
                () -> create(state));
    }

    private Step create(State state) {
        var chosen = line(state).flatMap(Resource::secret).orElseGet(this::choose);
        return new Step.Create(
                Keys.APPLICATION_CREDENTIAL,
                Kind.APPLICATION_CREDENTIAL,
                Keys.name(platform, site.uid(), Keys.APPLICATION_CREDENTIAL),
                new Blueprint.ApplicationCredential(chosen));
    }

    private Sealed choose() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return seal(Base64.getUrlEncoder().withoutPadding().encode(secret));
    }

    /** Takes note of a refusal, which does not hold the platform up. */
    List<Done.Failed> heed(List<Done.Failed> failures) {
        failures.stream()
                .filter(ControllerAccess::isRefusal)
                .findFirst()
                .ifPresent(failure -> memory.credentialRefused(failure.why().getMessage(), now()));
        return failures.stream().filter(failure -> !isRefusal(failure)).toList();
    }

    private static boolean isRefusal(Done.Failed failure) {
        return failure.step() instanceof Step.Create
                && failure.step().key().equals(Keys.APPLICATION_CREDENTIAL)
                && REFUSALS.contains(failure.why().sort());
    }

    /** Whether it is known what the controllers get. */
    boolean isSettled(State state) {
        return made(state).isPresent() || refusal().isPresent();
    }

    /** A {@link CloudCredential}, sealed; empty if there is none to give. */
    Optional<Sealed> sealed(State state) {
        return made(state)
                .map(line -> site.cloud()
                        .login(
                                line.id().orElseThrow(),
                                site.secrets().apply(line.secret().orElseThrow())))
                .or(() -> refusal().flatMap(why -> site.cloud().ownLogin()))
                .map(login -> seal(FactCodec.write(login)));
    }

    private static Optional<Resource> made(State state) {
        return line(state)
                .filter(line -> line.state() == Resource.State.PRESENT)
                .filter(line -> line.secret().isPresent());
    }

    /** A warning, if there is one to give. */
    Optional<Condition> condition() {
        return refusal().map(why -> {
            var instead = site.cloud().ownLogin().isPresent()
                    ? "the cluster's controllers sign in with Orrery's own application credential"
                    : "the cluster's controllers have nothing to sign in to the cloud with";
            return Condition.fails("CloudCredential", "NotPermitted", instead + ": " + why, now());
        });
    }

    private Optional<String> refusal() {
        return memory.credentialRefusal(now().minus(ASK_AGAIN));
    }

    private static Optional<Resource> line(State state) {
        return state.ledger().living(Keys.APPLICATION_CREDENTIAL);
    }

    private Sealed seal(byte[] secret) {
        return workshop.sealer().seal(Sealed.Purpose.CLOUD, site.uid(), secret);
    }

    private Instant now() {
        return workshop.clock().instant();
    }
}
