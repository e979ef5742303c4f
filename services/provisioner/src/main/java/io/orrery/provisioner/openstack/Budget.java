package io.orrery.provisioner.openstack;

import dev.failsafe.RateLimiter;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How many requests may be under way at once, and how many begin in a second. Who finds it spent waits for a turn. */
final class Budget {

    private final int size;
    private final Duration patience;
    private final Semaphore inFlight;
    private final RateLimiter<Object> perSecond;

    /** @param patience for a turn */
    Budget(int inFlight, int perSecond, Duration patience) {
        this.size = inFlight;
        this.patience = patience;
        this.inFlight = new Semaphore(inFlight, true);
        this.perSecond =
                RateLimiter.burstyBuilder(perSecond, Duration.ofSeconds(1)).build();
    }

    <T> T spend(Call call, Supplier<T> work) {
        try {
            if (!inFlight.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw spent(call);
            }
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
        try {
            awaitTurn(call);
            return work.get();
        } finally {
            inFlight.release();
        }
    }

    int inFlight() {
        return size - inFlight.availablePermits();
    }

    private void awaitTurn(Call call) {
        try {
            if (!perSecond.tryAcquirePermit(patience)) {
                throw spent(call);
            }
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
    }

    private CloudException spent(Call call) {
        return new CloudException(
                Sort.BUSY,
                "BudgetSpent",
                call + " was not sent: within " + patience + " no turn came among the requests to this cloud");
    }

    private static CloudException interrupted(Call call, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CloudException(Sort.UNREACHABLE, call + " was interrupted before it was sent", null, null, e);
    }
}
