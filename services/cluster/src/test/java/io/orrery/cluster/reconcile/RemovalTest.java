package io.orrery.cluster.reconcile;

import static io.orrery.cluster.reconcile.Bench.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cluster.Samples;
import io.orrery.cluster.plan.Conditions;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot.State;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.loop.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {

    private Bench bench;

    @BeforeEach
    void bench(@TempDir Path folder) throws Exception {
        bench = Bench.in(folder);
    }

    @Test
    void saysSoFirstAndKeepsTheWayInForThoseWhoHaveToGoBefore() {
        bench.standing();
        bench.cluster.cloudResources.add("Service openeo/traefik");

        remove();
        bench.settle();

        assertThat(bench.pass()).isInstanceOf(Outcome.Waiting.class);
        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(bench.status().access()).isPresent();
        assertThat(bench.cluster.cloudResources).isNotEmpty();
    }

    @Test
    void silenceOfALaterStageDoesNotCountAsRemoved() {
        bench.standing();
        remove();
        bench.tell(Samples.laterStages(Phase.REMOVED).getFirst());
        bench.settle();

        assertThat(bench.pass()).isInstanceOf(Outcome.Waiting.class);
        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVING);
    }

    @Test
    void hasControllersGiveBackWhatTheyHoldInTheCloudAndIsGone() {
        bench.standing();
        bench.cluster.cloudResources.add("Service openeo/traefik");
        remove();
        othersAreGone();

        bench.settle();

        assertThat(bench.cluster.cloudResources).isEmpty();
        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.status().abandoned()).isEmpty();
        assertThat(bench.status().bootstrap()).isEmpty();
        assertThat(bench.status().access()).isEmpty();
        assertThat(bench.cluster.closed).isNotEmpty();
    }

    @Test
    void namesWhatControllersHaveNotGivenBackInTime() {
        bench.standing();
        bench.cluster.cloudResources.add("Service openeo/traefik");
        bench.cluster.holdsOn = true;
        remove();
        othersAreGone();
        bench.settle();
        assertThat(bench.condition(Conditions.CLOUD_RESOURCES_RELEASED).message())
                .contains("Service openeo/traefik");

        bench.clock.advance(SETTINGS.releaseDeadline());
        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.status().abandoned()).containsExactly("Service openeo/traefik");
    }

    @Test
    void givesUpAClusterThatStaysSilent() {
        bench.standing();
        bench.cluster.silent = true;
        remove();
        othersAreGone();
        bench.settle();

        bench.clock.advance(SETTINGS.abandonAfter().minusSeconds(1));
        bench.settle();
        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVING);

        bench.clock.advance(Duration.ofSeconds(1));
        bench.settle();
        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.status().abandoned())
                .singleElement()
                .asString()
                .contains("https://127.64.0.7:6443", "Connection refused");
    }

    @Test
    void silenceBeforeTheRemovalDoesNotCountTowardsGivingUp() {
        bench.standing();
        bench.cluster.silent = true;
        bench.settle();
        bench.clock.advance(SETTINGS.abandonAfter());
        remove();
        othersAreGone();

        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVING);
    }

    @Test
    void aClusterThatNeverRanIsGoneAtOnce() {
        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));
        bench.settle();
        remove();
        othersAreGone();

        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.status().abandoned()).isEmpty();
    }

    @Test
    void isToldAlsoWhenThereWasNothing() {
        bench.tell(Samples.removing(Samples.platform()));
        othersAreGone();

        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.status().uid()).isEqualTo(Samples.UID);
    }

    @Test
    void nothingIsStartedAfterwards() {
        bench.tell(Samples.removing(Samples.platform()));
        othersAreGone();
        bench.settle();

        bench.tell(Samples.platform());
        bench.slots(Bench.five(State.PLANNED));

        assertThat(bench.pass()).isEqualTo(new Outcome.Converged());
        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
    }

    @Test
    void aPlatformThatIsForgottenIsRemovedToo() {
        bench.standing();
        bench.teller.forget(Topics.PLATFORMS, Samples.DEMO);
        othersAreGone();

        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.pass()).isEqualTo(new Outcome.Converged());
    }

    private void remove() {
        bench.tell(Samples.removing(Samples.platform()));
    }

    private void othersAreGone() {
        Samples.laterStages(Phase.REMOVED).forEach(bench::tell);
    }
}
