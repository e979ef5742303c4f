package io.orrery.jobtracker.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.jobtracker.EmulatedCluster;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Application.State;
import io.orrery.jobtracker.reconcile.Applications;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparkApplicationsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<String> changed = new CopyOnWriteArrayList<>();
    private EmulatedCluster cluster;
    private Applications applications;

    @BeforeEach
    void begin() {
        cluster = EmulatedCluster.start();
        applications = new KubernetesClusters().at(cluster.kubeconfig(), EmulatedCluster.NAMESPACE);
    }

    @AfterEach
    void end() {
        applications.close();
        cluster.close();
    }

    @Test
    void knowsWhatWasThereBeforeAndHearsOfEveryChange() {
        cluster.installSpark();
        cluster.submit("a-1", "j-1");
        follow();
        await().atMost(DEADLINE).until(() -> stateOf("a-1") == State.NEW);

        cluster.submit("a-2", "j-2");
        cluster.state("a-1", "RUNNING");

        await().atMost(DEADLINE).until(() -> stateOf("a-1") == State.RUNNING && stateOf("a-2") == State.NEW);
        assertThat(applications.of("j-2")).extracting(Application::name).containsExactly("a-2");
        assertThat(changed).contains("j-1", "j-2");
    }

    @Test
    void tellsWhatIsGoneAndProvesItByName() {
        cluster.installSpark();
        cluster.submit("a-1", "j-1");
        follow();
        await().atMost(DEADLINE).until(() -> stateOf("a-1") == State.NEW);
        assertThat(applications.isGone("a-1")).isFalse();

        cluster.delete("a-1");

        await().atMost(DEADLINE).until(() -> applications.named("a-1").isEmpty());
        assertThat(applications.isGone("a-1")).isTrue();
    }

    @Test
    void beginsAsSoonAsTheClusterKnowsSparkApplications() {
        follow();
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(applications.trouble())
                .isEqualTo("the cluster does not know SparkApplications yet"));
        assertThat(applications.isConnected()).isFalse();

        cluster.installSpark();
        cluster.submit("a-1", "j-1");

        await().atMost(DEADLINE).until(() -> applications.isConnected() && stateOf("a-1") == State.NEW);
    }

    @Test
    void catchesUpAfterTheClusterWasGoneAndTakesSilenceForNoProof() {
        cluster.installSpark();
        cluster.submit("a-1", "j-1");
        follow();
        await().atMost(DEADLINE).until(() -> stateOf("a-1") == State.NEW);

        cluster.server().pause();
        await().atMost(DEADLINE).until(() -> !applications.isConnected());
        assertThat(applications.isGone("a-1")).isFalse();
        cluster.server().resume();
        cluster.state("a-1", "COMPLETED");

        await().atMost(DEADLINE).until(() -> applications.isConnected() && stateOf("a-1") == State.COMPLETED);
    }

    private void follow() {
        applications.follow(new Applications.Listener() {
            @Override
            public void changed(String jobId) {
                changed.add(jobId);
            }

            @Override
            public void connection() {
                changed.add("connection");
            }
        });
    }

    private State stateOf(String name) {
        return applications.named(name).map(Application::state).orElse(null);
    }
}
