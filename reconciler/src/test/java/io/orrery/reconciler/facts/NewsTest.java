package io.orrery.reconciler.facts;

import static io.orrery.reconciler.Samples.NOON;
import static io.orrery.reconciler.Samples.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Phase;
import org.junit.jupiter.api.Test;

class NewsTest {

    @Test
    void isNoneWhenOnlyTimeStampsAndCiphertextDiffer() {
        var former = cluster(Phase.READY, "one", NOON);
        var next = cluster(Phase.READY, "two", NOON.plusSeconds(60));

        assertThat(News.since(former, next)).isEmpty();
    }

    @Test
    void tellsWhatIsTheSameAsItWasToldBefore() {
        var former = cluster(Phase.PROGRESSING, "one", NOON);
        var next = cluster(Phase.READY, "two", NOON.plusSeconds(60));

        assertThat(News.since(former, next)).contains(cluster(Phase.READY, "one", NOON));
    }

    @Test
    void isWhatTheNextSaysWhereItDiffers() {
        var former = cluster(Phase.READY, "one", NOON);
        var next = new ClusterStatus(
                former.platform(),
                former.uid(),
                2,
                former.phase(),
                former.conditions(),
                former.bootstrap(),
                former.access(),
                former.nodes(),
                former.released(),
                former.rejected(),
                former.abandoned());

        assertThat(News.since(former, next)).contains(next);
    }
}
