package io.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The CloudEvents type names what happened. */
class FactTest {

    private static final PlatformName DEMO = new PlatformName("demo");
    private static final Uid UID = Uid.of("00000000-0000-4000-8000-000000000001");
    private static final Uid OTHER = Uid.of("00000000-0000-4000-8000-000000000002");

    @Test
    void namesTheNewPhase() {
        assertThat(status(UID, Phase.READY).typeSince(Optional.of(status(UID, Phase.PROGRESSING))))
                .isEqualTo("orrery.observability.ready.v1");
    }

    @Test
    void saysChangedWhenThePhaseIsTheSame() {
        assertThat(status(UID, Phase.READY).typeSince(Optional.of(status(UID, Phase.READY))))
                .isEqualTo("orrery.observability.changed.v1");
    }

    @Test
    void countsNothingOfAFormerLifeOfTheName() {
        assertThat(status(UID, Phase.READY).typeSince(Optional.of(status(OTHER, Phase.READY))))
                .isEqualTo("orrery.observability.ready.v1");
    }

    @Test
    void everyTopicOfFactsHasItsRecord() {
        assertThat(Topics.FACTS).allSatisfy(topic -> assertThat(Fact.class.isAssignableFrom(Topics.factOn(topic)))
                .isTrue());
        assertThat(Topics.FACTS)
                .allSatisfy(topic -> assertThat(topic.settings()).containsEntry("cleanup.policy", "compact"));
    }

    @Test
    void removalRunsBackwards() {
        for (var stage : Stage.values()) {
            for (var later : stage.later()) {
                assertThat(later.later()).as("%s comes after %s", later, stage).doesNotContain(stage);
                assertThat(stage.later()).containsAll(later.later());
            }
        }
    }

    private static ObservabilityStatus status(Uid uid, Phase phase) {
        return new ObservabilityStatus(DEMO, uid, 1, phase, List.of(), List.of(), List.of());
    }
}
