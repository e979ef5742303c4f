package io.orrery.cluster.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cluster.Samples;
import io.orrery.cluster.model.Kubeconfig;
import io.orrery.cluster.plan.Conditions;
import io.orrery.contracts.Phase;
import io.orrery.contracts.Slot.Role;
import io.orrery.reconciler.loop.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingClusterTest {

    private static final Kubeconfig MOUNTED =
            new Kubeconfig(URI.create("https://kube.example.org"), "apiVersion: v1", Instant.MAX);

    private Bench bench;

    @BeforeEach
    void bench(@TempDir Path folder) throws Exception {
        bench = Bench.in(folder);
        bench.tell(Samples.platform(
                Samples.document(Map.of("existing", Map.of("kubeconfig", "ours")), Samples.workers())));
    }

    @Test
    void isReadyAsItIsWithoutAnyMachineOfOurs() {
        bench.mounted = Optional.of(MOUNTED);
        bench.cluster.joins("node-1", Role.SERVER);

        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.READY);
        assertThat(bench.status().bootstrap()).isEmpty();
        assertThat(bench.opened(bench.status().access().orElseThrow().kubeconfig()))
                .asString()
                .isEqualTo(MOUNTED.yaml());
    }

    @Test
    void saysWhichKubeconfigIsMissing() {
        assertThat(bench.pass()).isInstanceOf(Outcome.Failed.class);

        assertThat(bench.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(bench.condition(Conditions.KUBECONFIG_USABLE).message()).contains("ours");
    }

    @Test
    void saysWhenItIsNotLetIn() {
        bench.mounted = Optional.of(MOUNTED);
        bench.cluster.silent = false;
        bench.cluster.refuses = true;

        assertThat(bench.pass()).isEqualTo(new Outcome.Failed("Refused", "HTTP 401"));
        assertThat(bench.status().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void nothingInItIsTouchedWhenThePlatformGoes() {
        bench.mounted = Optional.of(MOUNTED);
        bench.cluster.joins("node-1", Role.SERVER);
        bench.cluster.cloudResources.add("Service theirs/lb");
        bench.settle();

        bench.tell(Samples.removing(Samples.platform(
                Samples.document(Map.of("existing", Map.of("kubeconfig", "ours")), Samples.workers()))));
        Samples.laterStages(Phase.REMOVED).forEach(bench::tell);
        bench.settle();

        assertThat(bench.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(bench.cluster.cloudResources).isEqualTo(List.of("Service theirs/lb"));
        assertThat(bench.cluster.done).isEmpty();
    }
}
