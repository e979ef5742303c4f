package io.orrery.reconciler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.loop.Outcome;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {

    private static final PlatformName ONE = new PlatformName("one");
    private static final PlatformName OTHER = new PlatformName("other");
    private static final Outcome SILENT = new Outcome.Unreachable("no route to host");

    private final Reach reach = new Reach();

    @Test
    void nobodyMissesACloudWhoHasNoPlatform() {
        assertThat(reach.isNowhere(Set.of())).isFalse();
    }

    @Test
    void oneOfSeveralThatAnswersIsEnough() {
        reach.ended(ONE, SILENT);
        reach.ended(OTHER, new Outcome.Failed("NoQuota", "12 cores short"));

        assertThat(reach.isNowhere(Set.of(ONE, OTHER))).isFalse();
    }

    @Test
    void isNowhereWhenNoneAnswersAndSomewhereWhenOneDoesAgain() {
        reach.ended(ONE, SILENT);
        reach.ended(OTHER, SILENT);
        assertThat(reach.isNowhere(Set.of(ONE, OTHER))).isTrue();

        reach.ended(ONE, new Outcome.Converged());
        assertThat(reach.isNowhere(Set.of(ONE, OTHER))).isFalse();
    }

    @Test
    void aPlatformThatIsGoneDoesNotCount() {
        reach.ended(ONE, SILENT);
        reach.ended(OTHER, new Outcome.Converged());

        assertThat(reach.isNowhere(Set.of(ONE))).isTrue();
    }
}
