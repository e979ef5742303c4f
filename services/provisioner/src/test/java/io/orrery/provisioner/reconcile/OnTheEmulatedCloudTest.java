package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From document to machines and back, on the wire. */
class OnTheEmulatedCloudTest {

    private final Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void tellsTheFoundationWithNamedSlotsBeforeAnyMachine() {
        works.wish(Works.DOCUMENT);

        works.untilInfrastructure(status -> status.foundation().isPresent());

        assertThat(works.slots()).hasSize(5).allMatch(slot -> slot.state() == Slot.State.PLANNED);
        assertThat(works.cloud.inventory().of("server")).isEmpty();
        assertThat(works.buckets.buckets).containsOnlyKeys("demo-openeo");
        assertThat(works.infrastructure().orElseThrow().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void fillsTheSlotsOnceThereIsUserData() {
        works.untilReady();

        assertThat(works.slots()).hasSize(5).allMatch(slot -> slot.state() == Slot.State.ACTIVE);
        assertThat(works.cloud.inventory().names("server"))
                .containsExactlyInAnyOrderElementsOf(
                        works.slots().stream().map(Slot::name).toList());
    }

    @Test
    void leavesNothingBehind() {
        works.untilReady();

        works.untilRemoved();

        assertThat(works.ours()).isEmpty();
        assertThat(works.facts.about(Works.DEMO).platform()).isEmpty();
    }
}
