package io.orrery.sparkdeployer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void asksWhetherThereIsAnOperatorWhenNobodyTakesTheApplicationUp() {
        assertThat(said("", Optional.empty(), List.of())).contains("no Spark operator has taken up");
    }

    @Test
    void readsWhyTheDriversPodWaits() {
        var pod = pod("Pending")
                .editStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting("Back-off pulling image \"x\"", "ImagePullBackOff")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(said("SUBMITTED", Optional.of(pod), List.of()))
                .isEqualTo("the pod of openEO's driver waits: ImagePullBackOff, Back-off pulling image \"x\"");
    }

    @Test
    void makesDoWithAPodThatHasNoStatusYet() {
        assertThat(said(
                        "SUBMITTED",
                        Optional.of(
                                new PodBuilder().withNewMetadata().endMetadata().build()),
                        List.of()))
                .isEqualTo("the pod of openEO's driver waits: it is pending");
    }

    @Test
    void readsWhyTheDriversPodHasNoNode() {
        var pod = pod("Pending")
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available")
                .endCondition()
                .endStatus()
                .build();

        assertThat(said("SUBMITTED", Optional.of(pod), List.of())).endsWith("Unschedulable, 0/3 nodes are available");
    }

    @Test
    void joinsTheOperatorsWordsWithTheLastComplaintOfTheLog() {
        var log =
                List.of("INFO Read layer catalog: 1 collections", "ERROR EJR health check failed: 503", "INFO bye", "");

        assertThat(said("FAILING", Optional.of(pod("Failed").build()), log))
                .isEqualTo(
                        "openEO's driver has ended: driver container failed with ExitCode: 1; its log ends with: ERROR EJR"
                                + " health check failed: 503");
    }

    @Test
    void takesTheContainersExitWhereTheOperatorHasNotSpokenYet() {
        var pod = pod("Failed")
                .editStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(said("RUNNING", Optional.of(pod), List.of()))
                .isEqualTo("openEO's driver has ended: exit code 137, OOMKilled");
    }

    @Test
    void cutsLinesThatNobodyWouldRead() {
        assertThat(said("FAILING", Optional.of(pod("Failed").build()), List.of("Error " + "x".repeat(5000))))
                .hasSizeLessThan(600);
    }

    @Test
    void knowsADriverOfAnEarlierConfiguration() {
        assertThat(said("RUNNING", Optional.of(pod("Running", "earlier").build()), List.of()))
                .contains("earlier configuration");
    }

    @Test
    void takesForTheWantedDriverOnlyARunningOneOfThisConfiguration() {
        assertThat(wanted(pod("Running", "now"))).isPresent();
        assertThat(wanted(pod("Running", "earlier"))).isEmpty();
        assertThat(wanted(pod("Pending", "now"))).isEmpty();
        assertThat(wanted(pod("Running", "now")
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T00:00:00Z")
                        .endMetadata()))
                .isEmpty();
    }

    private static Optional<Pod> wanted(PodBuilder pod) {
        return Diagnosis.wantedDriver(observed("RUNNING", Optional.of(pod.build())), "now");
    }

    private static String said(String state, Optional<Pod> driver, List<String> log) {
        return Diagnosis.absent(observed(state, driver), "now", log).message();
    }

    private static Observed observed(String state, Optional<Pod> driver) {
        var application = application(state);
        return new Observed(
                Map.of(new ObjectKey(Kind.SPARK_APPLICATION, "jobs", "openeo"), application),
                Map.of(),
                driver,
                Optional.empty(),
                Storage.NONE);
    }

    private static GenericKubernetesResource application(String state) {
        var error = state.equals("FAILING") ? "driver container failed with ExitCode: 1" : "";
        return new GenericKubernetesResourceBuilder()
                .addToAdditionalProperties(
                        "status", Map.of("applicationState", Map.of("state", state, "errorMessage", error)))
                .build();
    }

    private static PodBuilder pod(String phase) {
        return pod(phase, "now");
    }

    private static PodBuilder pod(String phase, String checksum) {
        return new PodBuilder()
                .withNewMetadata()
                .addToAnnotations(Marks.DIGEST, checksum)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus();
    }
}
