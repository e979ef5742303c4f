package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.loop.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final Lanes lanes =
            new Lanes(this::work, name -> Optional.of(name.value().substring(0, 4)), 2);

    private Outcome work(PlatformName platform) throws InterruptedException {
        if (platform.value().startsWith("slow")) {
            begun.incrementAndGet();
            hanging.await();
        }
        return new Outcome.Converged();
    }

    @Test
    void aCloudThatHangsHoldsOnlyItsOwnLane() throws Exception {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = workers.submit(() -> lanes.reconcile(PlatformName.of("slow-1")));
            var second = workers.submit(() -> lanes.reconcile(PlatformName.of("slow-2")));
            await().atMost(Duration.ofSeconds(60)).until(() -> begun.get() == 2);

            assertThat(lanes.reconcile(PlatformName.of("slow-3"))).isInstanceOf(Outcome.Progressing.class);
            assertThat(lanes.reconcile(PlatformName.of("good-1"))).isEqualTo(new Outcome.Converged());
            hanging.countDown();
            assertThat(first.get()).isEqualTo(new Outcome.Converged());
            assertThat(second.get()).isEqualTo(new Outcome.Converged());
        }
        assertThat(lanes.reconcile(PlatformName.of("slow-3"))).isEqualTo(new Outcome.Converged());
    }
}
