package io.orrery.sandbox.controllers.apps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.orrery.sandbox.controllers.apps.RollingUpdate.Generation;
import io.orrery.sandbox.controllers.apps.RollingUpdate.Scale;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingUpdateTest {

    @Test
    void roundsSurgeUpAndUnavailabilityDown() {
        assertThat(RollingUpdate.of(5, null, null)).isEqualTo(new RollingUpdate(5, 2, 1));
        assertThat(RollingUpdate.of(3, new IntOrString("50%"), new IntOrString(2)))
                .isEqualTo(new RollingUpdate(3, 2, 2));
    }

    @Test
    void letsOnePodBeUnavailableWhereNoStepWouldBePossible() {
        assertThat(RollingUpdate.of(1, new IntOrString(0), new IntOrString("25%"))
                        .maxUnavailable())
                .isEqualTo(1);
    }

    @Test
    void makesAllAtOnceWhereNothingIsReplaced() {
        assertThat(new RollingUpdate(3, 1, 0).next(List.of(new Generation("new", true, 0, 0))))
                .containsExactly(new Scale("new", 3));
    }

    @Test
    void scalesDownAtOnce() {
        assertThat(new RollingUpdate(1, 1, 0).next(List.of(new Generation("new", true, 3, 3))))
                .containsExactly(new Scale("new", 1));
    }

    @Test
    void takesNoOldPodAwayBeforeANewOneIsAvailable() {
        var rolling = new RollingUpdate(3, 1, 0);

        assertThat(rolling.next(List.of(new Generation("new", true, 0, 0), new Generation("old", false, 3, 3))))
                .containsExactly(new Scale("new", 1));
        assertThat(rolling.next(List.of(new Generation("new", true, 1, 0), new Generation("old", false, 3, 3))))
                .isEmpty();
        assertThat(rolling.next(List.of(new Generation("new", true, 1, 1), new Generation("old", false, 3, 3))))
                .containsExactly(new Scale("old", 2));
    }

    @Test
    void removesOldPodsThatServeNobodyFirst() {
        assertThat(new RollingUpdate(3, 1, 0)
                        .next(List.of(new Generation("new", true, 1, 0), new Generation("old", false, 3, 1))))
                .containsExactly(new Scale("old", 1));
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 0", "3, 0, 1", "5, 2, 1", "1, 1, 0", "1, 0, 1", "10, 3, 3"})
    void keepsBothBoundsUntilAllIsNew(int replicas, int surge, int unavailable) {
        var rolling = new RollingUpdate(replicas, surge, unavailable);
        var generations = new ArrayList<>(
                List.of(new Generation("new", true, 0, 0), new Generation("old", false, replicas, replicas)));
        for (var step = 0; step < 100 && !rolling.next(generations).isEmpty(); step++) {
            for (var scale : rolling.next(generations)) {
                generations.replaceAll(g -> g.name().equals(scale.name())
                        ? new Generation(
                                g.name(), g.isNew(), scale.replicas(), Math.min(g.available(), scale.replicas()))
                        : g);
            }
            assertThat(generations.stream().mapToInt(Generation::replicas).sum())
                    .isLessThanOrEqualTo(replicas + surge);
            assertThat(generations.stream().mapToInt(Generation::available).sum())
                    .isGreaterThanOrEqualTo(replicas - rolling.maxUnavailable());
            // All that was made becomes available.
            generations.replaceAll(g -> new Generation(g.name(), g.isNew(), g.replicas(), g.replicas()));
        }
        assertThat(generations)
                .containsExactly(new Generation("new", true, replicas, replicas), new Generation("old", false, 0, 0));
    }
}
