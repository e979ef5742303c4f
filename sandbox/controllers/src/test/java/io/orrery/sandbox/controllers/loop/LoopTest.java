package io.orrery.sandbox.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final ObjectKey KEY = new ObjectKey("ns", "one");

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void worksOnAKeyOnceHoweverOftenItIsWokenBefore() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var times = new AtomicInteger();
        try (var loop = new Loop("test", 1, timers, key -> {
            if (key.name().equals("blocker")) {
                begun.countDown();
                await().atMost(DEADLINE).until(() -> go.getCount() == 0);
            } else {
                times.incrementAndGet();
            }
            return Optional.empty();
        })) {
            loop.add(new ObjectKey("ns", "blocker"));
            begun.await();
            for (var i = 0; i < 100; i++) {
                loop.add(KEY);
            }
            go.countDown();

            await().atMost(DEADLINE).until(() -> times.get() > 0);
            var last = new CountDownLatch(1);
            timers.submit(last::countDown).isDone();
            last.await();
            assertThat(times).hasValue(1);
        }
    }

    @Test
    void doesNotLoseAWakeUpDuringWorkAndNeverWorksTwiceAtATime() throws InterruptedException {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var times = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var loop = new Loop("test", 4, timers, key -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            begun.countDown();
            await().atMost(DEADLINE).until(() -> go.getCount() == 0);
            times.incrementAndGet();
            running.decrementAndGet();
            return Optional.empty();
        })) {
            loop.add(KEY);
            begun.await();
            loop.add(KEY);
            loop.add(KEY);
            go.countDown();

            await().atMost(DEADLINE).until(() -> times.get() == 2);
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void triesAgainWhatHasFailed() {
        var times = new AtomicInteger();
        try (var loop = new Loop("test", 1, timers, key -> {
            if (times.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return Optional.empty();
        })) {
            loop.add(KEY);

            await().atMost(DEADLINE).until(() -> times.get() == 3);
        }
    }

    @Test
    void comesBackWhenItWasToldTo() {
        var times = new AtomicInteger();
        try (var loop = new Loop(
                "test",
                1,
                timers,
                key -> times.incrementAndGet() < 3 ? Optional.of(Duration.ofMillis(5)) : Optional.empty())) {
            loop.add(KEY);

            await().atMost(DEADLINE).until(() -> times.get() == 3);
        }
    }

    @Test
    void anEarlierAlarmTakesTheLatersPlace() {
        var times = new AtomicInteger();
        try (var loop = new Loop("test", 1, timers, key -> {
            times.incrementAndGet();
            return Optional.empty();
        })) {
            loop.addAfter(KEY, Duration.ofHours(1));
            loop.addAfter(KEY, Duration.ofMillis(5));
            loop.addAfter(KEY, Duration.ofHours(2));

            await().atMost(DEADLINE).until(() -> times.get() == 1);
        }
    }

    @Test
    void doesNothingMoreOnceItIsClosed() {
        var times = new AtomicInteger();
        var loop = new Loop("test", 1, timers, key -> {
            times.incrementAndGet();
            return Optional.empty();
        });
        loop.close();
        loop.add(KEY);
        loop.addAfter(KEY, Duration.ZERO);

        assertThat(timers.shutdownNow()).isEmpty();
        assertThat(times).hasValue(0);
    }
}
