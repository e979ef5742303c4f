package io.orrery.reconciler.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final KeyedQueue<String> queue = new KeyedQueue<>();

    @Test
    void handsOutAKeyOnceHoweverOftenItWasAdded() {
        queue.add("demo", NOW);
        queue.add("demo", NOW);

        assertThat(queue.poll(NOW)).contains("demo");
        queue.done("demo");
        assertThat(queue.poll(NOW)).isEmpty();
    }

    @Test
    void handsOutNothingBeforeItsTime() {
        queue.add("demo", NOW.plusSeconds(5));

        assertThat(queue.poll(NOW.plusSeconds(4))).isEmpty();
        assertThat(queue.nextDue()).contains(NOW.plusSeconds(5));
        assertThat(queue.poll(NOW.plusSeconds(5))).contains("demo");
    }

    @Test
    void keepsTheEarlierOfTwoTimes() {
        queue.add("demo", NOW.plusSeconds(5));
        queue.add("demo", NOW.plusSeconds(1));
        queue.add("demo", NOW.plusSeconds(9));

        assertThat(queue.nextDue()).contains(NOW.plusSeconds(1));
    }

    @Test
    void neverHandsOutAKeyThatIsBeingWorkedOn() {
        queue.add("demo", NOW);
        assertThat(queue.poll(NOW)).contains("demo");

        queue.add("demo", NOW);

        assertThat(queue.poll(NOW)).isEmpty();
        assertThat(queue.nextDue()).isEmpty();
    }

    @Test
    void keepsWhatWasAddedDuringTheWorkForAfter() {
        queue.add("demo", NOW);
        assertThat(queue.poll(NOW)).contains("demo");
        queue.add("demo", NOW);

        queue.done("demo");

        assertThat(queue.poll(NOW)).contains("demo");
    }

    @Test
    void handsOutFirstWhatHasBeenDueLongest() {
        queue.add("late", NOW.minusSeconds(1));
        queue.add("earliest", NOW.minusSeconds(9));

        assertThat(queue.poll(NOW)).contains("earliest");
        assertThat(queue.poll(NOW)).contains("late");
    }

    @Test
    void refusesTheEndOfWorkThatNeverBegan() {
        assertThatThrownBy(() -> queue.done("demo")).isInstanceOf(IllegalStateException.class);
    }
}
