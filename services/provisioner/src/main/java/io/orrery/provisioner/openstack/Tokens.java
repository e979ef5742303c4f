package io.orrery.provisioner.openstack;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/**
 * The one token of a credential, shared by all threads. One thread at a time renews it, when a fifth of its life is left and
 * at once when a service does not accept it any more. A credential that is refused is left alone for some minutes, as
 * Keystone locks the accounts of those who try again and again.
 */
final class Tokens {

    /** Times are by our clock, whatever the cloud's says. */
    private record Held(KeystoneToken token, Instant issued, Instant renewal, Instant end) {}

    /** @param until nobody tries again before; those who were waiting for this very attempt share its failure */
    private record Failure(CloudException why, Instant until, long attempt) {}

    private static final Logger LOG = Logger.getLogger(Tokens.class);

    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILED_RENEWAL = Duration.ofSeconds(30);

    /** A token that is refused so soon after it was issued is not made better by another one. */
    private static final Duration NEW = Duration.ofSeconds(5);

    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);

    private final Wire wire;
    private final URI authUrl;
    private final Credential credential;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Optional<Held> held = Optional.empty();
    private volatile Optional<Failure> failure = Optional.empty();
    private volatile long attempts;
    private boolean renewedOnRefusal;

    Tokens(Wire wire, URI authUrl, Credential credential, Clock clock) {
        this.wire = wire;
        this.authUrl = authUrl;
        this.credential = credential;
        this.clock = clock;
    }

    KeystoneToken current() {
        var now = clock.instant();
        var good = held.filter(it -> now.isBefore(it.end()));
        if (good.isEmpty()) {
            return signedIn(attempts).token();
        }
        if (!now.isBefore(good.get().renewal())) {
            renewBeforeItEnds();
        }
        return held.orElse(good.get()).token();
    }

    /**
     * A token other than the one that was just refused; signs in only if no other thread has done so meanwhile. Empty if
     * there is no better one to be had.
     */
    Optional<KeystoneToken> otherThan(String refused) {
        var attempt = attempts;
        renewing.lock();
        try {
            var same = held.filter(it -> it.token().getId().equals(refused));
            if (same.isPresent()) {
                if (renewedOnRefusal
                        && clock.instant().isBefore(same.get().issued().plus(NEW))) {
                    return Optional.empty();
                }
                held = Optional.empty();
                var fresh = signedIn(attempt);
                renewedOnRefusal = true;
                return Optional.of(fresh.token());
            }
            return Optional.of(signedIn(attempt).token());
        } finally {
            renewing.unlock();
        }
    }

    /** The others go on with the token that is still good, also if this fails. */
    private void renewBeforeItEnds() {
        if (failure.filter(it -> clock.instant().isBefore(it.until())).isPresent() || !renewing.tryLock()) {
            return;
        }
        try {
            if (held.filter(it -> clock.instant().isBefore(it.renewal())).isEmpty()) {
                signIn();
            }
        } catch (CloudException e) {
            LOG.warnf("the token of %s could not be renewed yet: %s", authUrl.getAuthority(), e.getMessage());
        } finally {
            renewing.unlock();
        }
    }

    /** @param attempt the last one when the caller began to wait */
    private Held signedIn(long attempt) {
        renewing.lock();
        try {
            var now = clock.instant();
            var good = held.filter(it -> now.isBefore(it.end()));
            if (good.isPresent()) {
                return good.get();
            }
            failure.filter(it -> it.attempt() > attempt || (isRefusal(it) && now.isBefore(it.until())))
                    .ifPresent(it -> {
                        throw again(it);
                    });
            return signIn();
        } finally {
            renewing.unlock();
        }
    }

    private static boolean isRefusal(Failure failure) {
        return failure.why().sort() == Sort.UNAUTHORIZED;
    }

    private static CloudException again(Failure failure) {
        var why = failure.why();
        var message = isRefusal(failure)
                ? why.getMessage() + "; not tried again before " + failure.until() + " or another credential is given"
                : why.getMessage();
        return new CloudException(
                why.sort(), why.reason(), message, null, why.retryAfter().orElse(null), why);
    }

    private Held signIn() {
        var attempt = attempts + 1;
        try {
            var fresh = ask();
            held = Optional.of(fresh);
            failure = Optional.empty();
            renewedOnRefusal = false;
            return fresh;
        } catch (CloudException e) {
            var pause = e.sort() == Sort.UNAUTHORIZED ? AFTER_REFUSAL : AFTER_FAILED_RENEWAL;
            var until = clock.instant().plus(pause).truncatedTo(ChronoUnit.SECONDS);
            failure = Optional.of(new Failure(e, until, attempt));
            throw e;
        } finally {
            attempts = attempt;
        }
    }

    private Held ask() {
        var asked = clock.instant();
        var call = new Call(
                "identity",
                "POST",
                URI.create(v3(authUrl) + "/auth/tokens"),
                Map.of(),
                Optional.of(credential.request().toString()));
        var reply = wire.send(call);
        if (reply.status() != 201) {
            throw Refusals.ofCredential(credential, call, reply);
        }
        var token = token(call, reply);
        var life = life(token, reply);
        if (!life.isPositive()) {
            throw new CloudException(
                    Sort.UNSURE, call + " was answered with a token that has ended", reply.requestId(), null, null);
        }
        LOG.debugf("signed in to %s for %s", authUrl, life);
        var end = asked.plus(life);
        return new Held(
                token,
                asked,
                credential.isLasting() ? asked.plus(life.multipliedBy(4).dividedBy(5)) : end,
                end);
    }

    private static KeystoneToken token(Call call, Reply reply) {
        try {
            var token = ObjectMapperSingleton.getContext(KeystoneToken.class)
                    .readerFor(KeystoneToken.class)
                    .<KeystoneToken>readValue(reply.text());
            token.setId(reply.header("x-subject-token")
                    .orElseThrow(() -> new IOException("its header X-Subject-Token is missing")));
            if (token.getExpires() == null) {
                throw new IOException("it does not say when it ends");
            }
            return token;
        } catch (IOException e) {
            throw new CloudException(Sort.UNSURE, call + " was answered with no token", reply.requestId(), null, e);
        }
    }

    /** From the cloud's own two times, so that it does not matter what it takes the hour for. */
    private Duration life(KeystoneToken token, Reply reply) {
        var theirs = Optional.ofNullable(token.getIssuedAt())
                .map(Date::toInstant)
                .or(reply::date)
                .orElse(reply.received());
        reply.date()
                .map(date -> Duration.between(reply.received(), date))
                .filter(skew -> skew.abs().compareTo(NOTABLE_SKEW) > 0)
                .ifPresent(skew -> LOG.warnf(
                        "the clock of %s is %s from ours; S3 refuses what is signed a quarter of an hour off",
                        authUrl.getAuthority(), skew));
        return Duration.between(theirs, token.getExpires().toInstant());
    }

    private static String v3(URI url) {
        var text = url.toString().replaceAll("/+$", "");
        return text.endsWith("/v3") ? text : text + "/v3";
    }
}
