package io.orrery.sandbox.controllers.spark;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** The driver as its pod shows it. */
sealed interface Driver {

    /** No pod, although the application has been submitted. */
    record Absent() implements Driver {}

    record Pending() implements Driver {}

    record Running() implements Driver {}

    record Succeeded(String at) implements Driver {}

    /** @param message in the operator's words */
    record Failed(String at, String message) implements Driver {}

    /** Its node is lost: the kubelet does not answer. */
    record Lost() implements Driver {}

    String CONTAINER = "spark-kubernetes-driver";

    static Driver of(Optional<Pod> found) {
        if (found.isEmpty()) {
            return new Absent();
        }
        var pod = found.get();
        var phase = pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
        var end = terminated(pod);
        var at = end.map(ContainerStateTerminated::getFinishedAt).orElse(null);
        return switch (phase) {
            case "Running" -> new Running();
            case "Succeeded" -> new Succeeded(at);
            case "Failed" -> new Failed(at, message(end));
            case "Unknown" -> new Lost();
            default -> new Pending();
        };
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> CONTAINER.equals(status.getName()))
                        .filter(status ->
                                status.getState() != null && status.getState().getTerminated() != null)
                        .map(status -> status.getState().getTerminated())
                        .findFirst();
    }

    private static String message(Optional<ContainerStateTerminated> end) {
        return end.filter(state -> state.getExitCode() != 0)
                .map(state -> "driver container failed with ExitCode: " + state.getExitCode() + ", Reason: "
                        + state.getReason())
                .orElse("driver container status missing");
    }
}
