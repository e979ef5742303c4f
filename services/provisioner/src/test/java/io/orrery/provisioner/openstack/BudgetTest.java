package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Call CALL =
            new Call("compute", "GET", URI.create("http://127.0.0.1/servers"), Map.of(), Optional.empty());

    @Test
    void hasNoMoreUnderWayThanItMay() throws InterruptedException {
        var budget = new Budget(3, 1000, Duration.ofMinutes(1));
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var end = new CountDownLatch(1);
        var threads = IntStream.range(0, 10)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> budget.spend(CALL, () -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            await(end);
                            return now.decrementAndGet();
                        })))
                .toList();
        Awaitility.await().atMost(DEADLINE).until(() -> now.get() >= 3);
        end.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isEqualTo(3);
        assertThat(budget.inFlight()).isZero();
    }

    @Test
    void beginsNoMoreInASecondThanItMay() {
        var budget = new Budget(16, 5, Duration.ofMinutes(1));
        var begun = System.nanoTime();
        for (int call = 0; call < 11; call++) {
            budget.spend(CALL, () -> true);
        }

        // The eleventh belongs to the third second: a whole one lies between it and the first.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void sendsNothingWhereNoTurnComes() throws InterruptedException {
        var budget = new Budget(1, 1000, Duration.ofMillis(50));
        var end = new CountDownLatch(1);
        var first = Thread.ofVirtual()
                .start(() -> budget.spend(CALL, () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }));
        Awaitility.await().atMost(DEADLINE).until(() -> budget.inFlight() == 1);

        var failure = catchThrowableOfType(CloudException.class, () -> budget.spend(CALL, () -> true));

        assertThat(failure.sort()).isEqualTo(Sort.BUSY);
        assertThat(failure.reason()).isEqualTo("BudgetSpent");
        end.countDown();
        first.join();
        assertThat(budget.inFlight()).isZero();
    }

    private static boolean await(CountDownLatch end) {
        try {
            return end.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
