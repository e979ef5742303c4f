package io.orrery.monitoring.reconcile;

import static io.orrery.monitoring.Samples.DEMO;
import static io.orrery.monitoring.Samples.IMAGE;
import static io.orrery.monitoring.Samples.NOON;
import static io.orrery.monitoring.Samples.UID;
import static io.orrery.monitoring.Samples.cluster;
import static io.orrery.monitoring.Samples.document;
import static io.orrery.monitoring.Samples.infrastructure;
import static io.orrery.monitoring.Samples.platform;
import static io.orrery.monitoring.Samples.removing;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Condition;
import io.orrery.contracts.ObservabilityStatus;
import io.orrery.contracts.ObservabilityStatus.Component;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.LocalTeller;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservabilityReconcilerTest {

    @TempDir
    Path folder;

    private final InMemoryCluster cluster = new InMemoryCluster();
    private final FactTables facts = new FactTables();
    private final HandClock clock = new HandClock();
    private final LocalTeller teller = new LocalTeller(facts, clock);
    private Sealer sealer;
    private ObservabilityReconciler reconciler;

    @BeforeEach
    void wire() throws Exception {
        new Keysets(folder).create();
        sealer = new Sealer(new Keysets(folder));
        reconciler = new ObservabilityReconciler(facts, teller, cluster, sealer, Duration.ofMinutes(10), clock);
    }

    @Test
    void waitsForTheCluster() {
        teller.tell(platform());

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Waiting.class);

        assertThat(status().phase()).isEqualTo(Phase.WAITING);
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void installsAndIsReadyOnceAPodIs() {
        tellAll();

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Progressing.class);
        assertThat(status().phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(cluster.objects)
                .containsKeys(
                        "Namespace/monitoring", "Deployment/spark-history-server", "Service/spark-history-server");

        cluster.available = true;
        assertThat(reconciler.reconcile(DEMO)).isEqualTo(new Outcome.Converged());
        assertThat(status().phase()).isEqualTo(Phase.READY);
        assertThat(status().components())
                .containsExactly(new Component("spark-history-server", IMAGE, true, Optional.empty()));
    }

    @Test
    void saysPlainlyWhatItDoesNotInstall() {
        tellAll();
        cluster.available = true;

        reconciler.reconcile(DEMO);

        assertThat(status().conditions().getFirst().message())
                .isEqualTo("spark-history-server is healthy; wished for, and not installed by this version:"
                        + " prometheus, grafana, alertmanager, traefik, opencost, filebeat, pushprox");
    }

    @Test
    void isDegradedWhenThePodGoesAndReadyWhenItIsBack() {
        tellAll();
        cluster.available = true;
        reconciler.reconcile(DEMO);

        cluster.available = false;
        reconciler.reconcile(DEMO);
        assertThat(status().phase()).isEqualTo(Phase.DEGRADED);

        cluster.available = true;
        reconciler.reconcile(DEMO);
        assertThat(status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void leavesAPausedPlatformAsItIs() {
        tellAll();
        teller.tell(new PlatformStatus(DEMO, UID, 1, document(true), true, Optional.empty(), NOON));

        reconciler.reconcile(DEMO);

        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void saysThatAClusterIsSilentAndGoesOnWhenItAnswersAgain() {
        tellAll();
        cluster.available = true;
        reconciler.reconcile(DEMO);
        var installed = status();
        cluster.reachable = false;

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Unreachable.class);
        assertThat(status().conditions()).extracting(Condition::reason).containsExactly("ApiUnreachable");
        assertThat(status().components()).isEqualTo(installed.components());
        cluster.reachable = true;

        assertThat(reconciler.reconcile(DEMO)).isEqualTo(new Outcome.Converged());
        assertThat(status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void removesItsPartAndOnlyThenSaysSo() {
        tellAll();
        reconciler.reconcile(DEMO);
        teller.tell(removing());

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Progressing.class);
        assertThat(status().phase()).isEqualTo(Phase.REMOVING);

        assertThat(reconciler.reconcile(DEMO)).isEqualTo(new Outcome.Converged());
        assertThat(status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void answersARemovalAlsoWhenItHasNothing() {
        teller.tell(removing());

        assertThat(reconciler.reconcile(DEMO)).isEqualTo(new Outcome.Converged());

        assertThat(status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(status().uid()).isEqualTo(UID);
    }

    @Test
    void abandonsWhatIsInAClusterThatStaysAwayForTenMinutes() {
        tellAll();
        reconciler.reconcile(DEMO);
        cluster.reachable = false;
        teller.tell(removing());

        assertThat(reconciler.reconcile(DEMO)).isInstanceOf(Outcome.Unreachable.class);
        assertThat(status().phase()).isEqualTo(Phase.REMOVING);
        clock.now = clock.now.plus(Duration.ofMinutes(10));

        assertThat(reconciler.reconcile(DEMO)).isEqualTo(new Outcome.Converged());
        assertThat(status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(status().abandoned()).containsExactly("namespace monitoring in the platform's cluster");
    }

    @Test
    void startsNothingAfterItHasSaidRemoved() {
        teller.tell(removing());
        reconciler.reconcile(DEMO);
        teller.tell(infrastructure(sealer));
        teller.tell(cluster(sealer, "apiVersion: v1"));

        assertThat(reconciler.reconcile(DEMO)).isEqualTo(new Outcome.Converged());

        assertThat(cluster.objects).isEmpty();
    }

    private void tellAll() {
        teller.tell(platform());
        teller.tell(infrastructure(sealer));
        teller.tell(cluster(sealer, "apiVersion: v1"));
    }

    private ObservabilityStatus status() {
        return facts.about(DEMO).observability().orElseThrow();
    }

    private static final class HandClock extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
