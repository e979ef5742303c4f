package io.orrery.reconciler.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.contracts.PlatformName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final PlatformName DEMO = new PlatformName("demo");

    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @Test
    void neverWorksOnAPlatformTwiceAtATimeAndLosesNoWakeUp() throws Exception {
        var inside = new ConcurrentHashMap<PlatformName, AtomicInteger>();
        var most = new AtomicInteger();
        var wanted = new ConcurrentHashMap<PlatformName, AtomicInteger>();
        var seen = new ConcurrentHashMap<PlatformName, Integer>();
        Reconciler reconciler = platform -> {
            var now =
                    inside.computeIfAbsent(platform, it -> new AtomicInteger()).incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            seen.put(platform, wanted.get(platform).get());
            inside.get(platform).decrementAndGet();
            return new Outcome.Converged();
        };
        var platforms = IntStream.range(0, 20)
                .mapToObj(i -> new PlatformName("platform-" + i))
                .toList();
        platforms.forEach(platform -> wanted.put(platform, new AtomicInteger()));
        try (var loop = loop(reconciler, 4)) {
            IntStream.range(0, 5_000).parallel().forEach(i -> {
                var platform = platforms.get(i % platforms.size());
                wanted.get(platform).incrementAndGet();
                loop.wake(platform);
            });

            await().atMost(DEADLINE).untilAsserted(() -> assertThat(seen)
                    .isEqualTo(Map.copyOf(platforms.stream().collect(Collectors.toMap(it -> it, it -> wanted.get(it)
                            .get())))));
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void worksOnNoMorePlatformsAtOnceThanAllowed() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var go = new CountDownLatch(1);
        try (var loop = loop(
                platform -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    assertThat(go.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                    inside.decrementAndGet();
                    return new Outcome.Converged();
                },
                3)) {
            IntStream.range(0, 10).forEach(i -> loop.wake(new PlatformName("platform-" + i)));
            await().atMost(DEADLINE).until(() -> inside.get() == 3);
            go.countDown();
            await().atMost(DEADLINE).until(() -> outcomes.size() == 10);
        }
        assertThat(most).hasValue(3);
    }

    @Test
    void makesAFailureOfWhatIsThrownAndTriesAgain() {
        var calls = new AtomicInteger();
        try (var loop = loop(
                platform -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IllegalStateException("the cloud is not there");
                    }
                    return new Outcome.Converged();
                },
                1)) {
            loop.wake(DEMO);

            await().atMost(DEADLINE).until(() -> outcomes.contains(new Outcome.Converged()));
        }
        assertThat(outcomes)
                .startsWith(
                        new Outcome.Failed("Unexpected", "the cloud is not there"),
                        new Outcome.Failed("Unexpected", "the cloud is not there"));
    }

    @Test
    void waitsAtItsEndForWhatIsUnderWayAndStartsNothingMore() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var loop = loop(
                platform -> {
                    begun.countDown();
                    assertThat(go.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                    return new Outcome.Progressing(Duration.ZERO);
                },
                1);
        loop.wake(DEMO);
        assertThat(begun.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        var closing = Thread.ofVirtual().start(loop::close);
        await().atMost(DEADLINE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        go.countDown();
        closing.join();

        assertThat(outcomes).containsExactly(new Outcome.Progressing(Duration.ZERO));
    }

    private Loop loop(Reconciler reconciler, int parallelism) {
        return new Loop(
                new Loop.Settings(
                        Duration.ofSeconds(30),
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(10)),
                        parallelism,
                        Duration.ofSeconds(10)),
                reconciler,
                platform -> true,
                (platform, outcome) -> outcomes.add(outcome),
                Clock.systemUTC());
    }
}
