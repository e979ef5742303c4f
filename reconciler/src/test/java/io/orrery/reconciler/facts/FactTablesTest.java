package io.orrery.reconciler.facts;

import static io.orrery.reconciler.Samples.DEMO;
import static io.orrery.reconciler.Samples.NOON;
import static io.orrery.reconciler.Samples.tracking;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Fact;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Topic;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables.Told;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactTablesTest {

    private final FactTables tables = new FactTables();

    @Test
    void keepsTheFactWithTheHighestOffsetWhateverTheOrderOfArrival() {
        tables.apply(told(tracking(DEMO, 1, Phase.READY, 7), 12));
        tables.apply(told(tracking(DEMO, 1, Phase.PROGRESSING, 0), 11));

        assertThat(tables.about(DEMO).tracking().orElseThrow().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void tellsItsListenersOfWhatIsNewAndOfNothingElse() {
        var heard = new ArrayList<Topic>();
        tables.onChange((topic, platform) -> heard.add(topic));

        tables.apply(told(tracking(DEMO, 1, Phase.READY, 7), 12));
        tables.apply(told(tracking(DEMO, 1, Phase.READY, 7), 12));
        tables.apply(told(tracking(DEMO, 1, Phase.READY, 7), 11));

        assertThat(heard).containsExactly(Topics.TRACKING);
    }

    @Test
    void aTombstoneEndsWhatIsKnown() {
        tables.apply(told(tracking(DEMO, 1, Phase.REMOVED, 0), 12));
        tables.apply(new Told(Topics.TRACKING, DEMO, Optional.empty(), 13, "event-13", NOON));

        assertThat(tables.names()).isEmpty();
        assertThat(tables.about(DEMO).tracking()).isEmpty();
    }

    @Test
    void namesTheEventsThatBroughtItTheNewestFirst() {
        tables.apply(told(tracking(DEMO, 1, Phase.READY, 7), 12));
        tables.apply(new Told(Topics.PLATFORMS, DEMO, Optional.empty(), 3, "later", NOON.plusSeconds(20)));

        assertThat(tables.about(DEMO).causes()).containsExactly("later", "event-12");
    }

    private static Told told(Fact fact, long offset) {
        return new Told(
                Topics.of(fact),
                fact.platform(),
                Optional.of(fact),
                offset,
                "event-" + offset,
                NOON.plusSeconds(offset));
    }
}
