package io.orrery.cluster.plan;

import static io.orrery.cluster.Samples.agent;
import static io.orrery.cluster.Samples.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoundingTest {

    private static final Sealed SEALED = new Sealed(Sealed.Purpose.BOOTSTRAP, "digest", "ciphertext");

    @Test
    void theFirstServerFoundsTheCluster() {
        var slots = List.of(agent("a", State.PLANNED), server("s1", State.PLANNED), server("s2", State.PLANNED));

        assertThat(Founding.decide(Optional.empty(), slots)).isEqualTo(new Founding.Anew(1, Optional.of("s1")));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PLANNED", "BUILDING", "ACTIVE"})
    void nothingChangesWhileTheFirstServerIsOnItsWay(State state) {
        var slots = List.of(server("s1", state), server("s2", State.PLANNED));

        assertThat(Founding.decide(Optional.of(unfounded(1, "s1")), slots)).isEqualTo(new Founding.Keep());
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"FAILED", "RETIRING", "DELETING"})
    void theIncarnationRisesWhenTheFirstServerIsLostBeforeTheClusterWasReady(State state) {
        var slots = List.of(server("s1", state), server("s2", State.ACTIVE), server("s4", State.PLANNED));

        assertThat(Founding.decide(Optional.of(unfounded(3, "s1")), slots))
                .isEqualTo(new Founding.Anew(4, Optional.of("s4")));
    }

    @Test
    void aFirstServerThatVanishedIsLostToo() {
        assertThat(Founding.decide(Optional.of(unfounded(1, "s1")), List.of(server("s4", State.PLANNED))))
                .isEqualTo(new Founding.Anew(2, Optional.of("s4")));
    }

    @Test
    void aMachineThatHasBootedIsNeverTheNextFirst() {
        var slots = List.of(server("s2", State.ACTIVE), server("s3", State.BUILDING));

        assertThat(Founding.decide(Optional.of(unfounded(1, "s1")), slots))
                .isEqualTo(new Founding.Anew(2, Optional.empty()));
    }

    @Test
    void theNextFirstIsAppointedOnceThereIsOne() {
        var waiting = new Bootstrap(2, Optional.empty(), Optional.of(SEALED), SEALED, SEALED, SEALED);

        assertThat(Founding.decide(Optional.of(waiting), List.of(server("s2", State.DELETING))))
                .isEqualTo(new Founding.Keep());
        assertThat(Founding.decide(
                        Optional.of(waiting), List.of(server("s2", State.DELETING), server("s4", State.PLANNED))))
                .isEqualTo(new Founding.Appoint("s4"));
    }

    @Test
    void anAgentIsNeverAppointed() {
        assertThat(Founding.decide(Optional.of(unfounded(1, "s1")), List.of(agent("a", State.PLANNED))))
                .isEqualTo(new Founding.Anew(2, Optional.empty()));
    }

    @Test
    void nothingIsFoundedAgainAfterTheClusterWasReady() {
        var founded = new Bootstrap(1, Optional.empty(), Optional.empty(), SEALED, SEALED, SEALED);

        assertThat(Founding.decide(Optional.of(founded), List.<Slot>of())).isEqualTo(new Founding.Keep());
        assertThat(Founding.decide(Optional.of(founded), List.of(server("s1", State.FAILED))))
                .isEqualTo(new Founding.Keep());
    }

    private static Bootstrap unfounded(int incarnation, String first) {
        return new Bootstrap(incarnation, Optional.of(first), Optional.of(SEALED), SEALED, SEALED, SEALED);
    }
}
