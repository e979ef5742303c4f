package io.orrery.reconciler.facts;

import static io.orrery.reconciler.Samples.DEMO;
import static io.orrery.reconciler.Samples.NOON;
import static io.orrery.reconciler.Samples.OTHER_UID;
import static io.orrery.reconciler.Samples.UID;
import static io.orrery.reconciler.Samples.tracking;
import static io.orrery.reconciler.Samples.workloads;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.PlatformStatus.Removal;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlatformFactsTest {

    @Test
    void leavesOutStatusesOfAFormerLifeOfTheName() {
        var facts = facts(Optional.of(platform(Set.of())), workloads(OTHER_UID, Phase.READY));

        assertThat(facts.workloads()).isEmpty();
    }

    @Test
    void remembersStatusesOfAPlatformThatNobodyWishesForAnyMore() {
        var facts = facts(Optional.empty(), workloads(OTHER_UID, Phase.READY));

        assertThat(facts.workloads()).isPresent();
    }

    @Test
    void awaitsEveryLaterStageThatHasNotToldThatItIsGone() {
        var facts = facts(
                Optional.of(platform(Set.of())), workloads(UID, Phase.REMOVED), tracking(DEMO, 1, Phase.READY, 0));

        assertThat(facts.awaitedBefore(Stage.CLUSTER)).containsExactly(Stage.TRACKING, Stage.OBSERVABILITY);
        assertThat(facts.awaitedBefore(Stage.OBSERVABILITY)).isEmpty();
    }

    @Test
    void doesNotAwaitWhatThePersonSaidToSkip() {
        var facts = facts(Optional.of(platform(Set.of(Stage.OBSERVABILITY))), workloads(UID, Phase.REMOVED));

        assertThat(facts.awaitedBefore(Stage.TRACKING)).isEmpty();
    }

    @Test
    void aRemovedOfAFormerLifeDoesNotCount() {
        var facts = facts(Optional.of(platform(Set.of())), workloads(OTHER_UID, Phase.REMOVED));

        assertThat(facts.awaitedBefore(Stage.TRACKING)).containsExactly(Stage.WORKLOADS, Stage.OBSERVABILITY);
    }

    private static PlatformStatus platform(Set<Stage> skip) {
        return new PlatformStatus(DEMO, UID, 1, null, false, Optional.of(new Removal(NOON, true, skip)), NOON);
    }

    private static PlatformFacts facts(Optional<PlatformStatus> platform, StageStatus... statuses) {
        var byStage = new EnumMap<Stage, StageStatus>(Stage.class);
        for (var status : statuses) {
            byStage.put(status.stage(), status);
        }
        return new PlatformFacts(DEMO, platform, byStage, List.of());
    }
}
