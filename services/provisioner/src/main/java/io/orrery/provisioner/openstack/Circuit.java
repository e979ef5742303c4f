package io.orrery.provisioner.openstack;

import dev.failsafe.CircuitBreaker;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * The way to one service of one cloud. It is shut when five of the last ten calls failed; after a while one call may try
 * whether the service is well again. It is shut too for as long as the service asks to be left alone.
 */
final class Circuit {

    /** The reason of what is not sent, since the service failed again and again. */
    static final String SHUT = "CircuitOpen";

    private static final Logger LOG = Logger.getLogger(Circuit.class);
    private static final int FAILURES = 5;
    private static final int OF = 10;

    private final String what;
    private final CircuitBreaker<Object> breaker;
    private final Clock clock;
    private volatile Instant askedUntil = Instant.EPOCH;
    private volatile String last = "";

    /**
     * @param what it leads to, in words
     * @param rest how long it stays shut before somebody tries
     */
    Circuit(String what, Duration rest, Clock clock) {
        this.what = what;
        this.clock = clock;
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(FAILURES, OF)
                .withSuccessThreshold(1)
                .withDelay(rest)
                .onOpen(event -> LOG.warnf("%s is left alone for %s: %s", what, rest, last))
                .onClose(event -> LOG.infof("%s is well again", what))
                .build();
    }

    /** @throws CloudException while it is shut; nothing has been sent then */
    void check() {
        var asked = Duration.between(clock.instant(), askedUntil);
        if (asked.isPositive()) {
            throw new CloudException(
                    Sort.BUSY, what + " asked to be left alone until " + askedUntil, null, asked, null);
        }
        var rest = breaker.getRemainingDelay();
        if (breaker.isOpen() && rest.isPositive()) {
            throw shut(rest);
        }
    }

    /** To be followed by {@link #answered} or {@link #failed}. */
    void enter() {
        check();
        if (!breaker.tryAcquirePermit()) {
            throw shut(Duration.ofSeconds(1));
        }
    }

    void answered(Call call, Reply reply) {
        if (reply.status() == 429 || reply.status() == 503) {
            reply.retryAfter().ifPresent(wait -> askedUntil = clock.instant().plus(wait));
        }
        if (reply.status() >= 500 && reply.retryAfter().isEmpty()) {
            last = call + " was answered with " + reply.status();
            breaker.recordFailure();
        } else {
            breaker.recordSuccess();
        }
    }

    void failed(RuntimeException why) {
        last = String.valueOf(why.getMessage());
        breaker.recordFailure();
    }

    boolean isShut() {
        return !breaker.isClosed() || clock.instant().isBefore(askedUntil);
    }

    private CloudException shut(Duration rest) {
        return new CloudException(
                Sort.UNREACHABLE,
                SHUT,
                what + " has failed again and again and is not asked before "
                        + clock.instant().plus(rest) + "; lastly: " + last);
    }
}
