package io.orrery.sandbox.controllers.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ContainerLogTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ContainerLog log = new ContainerLog(Clock.systemUTC());

    @Test
    void splitsTextIntoLines() {
        log.line("one\ntwo");

        assertThat(log.lines()).extracting(ContainerLog.Line::text).containsExactly("one", "two");
    }

    @Test
    void forgetsTheOldestLines() {
        for (var i = 0; i < 10_005; i++) {
            log.line("line " + i);
        }

        assertThat(log.lines()).hasSize(10_000);
        assertThat(log.lines().getFirst().text()).isEqualTo("line 5");
    }

    @Test
    void isFollowedFromTheTailUntilItEnds() throws Exception {
        log.line("one\ntwo\nthree");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var following = threads.submit(() -> {
                log.follow(2, line -> seen.add(line.text()));
                return null;
            });
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(seen).containsExactly("two", "three"));
            log.line("four");
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(seen).containsExactly("two", "three", "four"));
            log.end();

            following.get();
        }
    }
}
