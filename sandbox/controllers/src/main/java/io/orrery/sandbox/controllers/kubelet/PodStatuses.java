package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a pod's status from what its containers do. */
final class PodStatuses {

    private PodStatuses() {}

    /** Conditions of others (the scheduler's) are kept, and so is the time of a transition that did not happen. */
    static PodStatus of(Pod pod, PodRun run, String hostIp, String now) {
        var before = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        var containers =
                run.containers().stream().map(ContainerRun::statusWithLast).toList();
        var init =
                run.initContainers().stream().map(ContainerRun::statusWithLast).toList();
        var phase = phase(pod, run);
        var initialized = init.stream().allMatch(PodStatuses::endedWell);
        var ready = "Running".equals(phase) && containers.stream().allMatch(ContainerStatus::getReady);
        var ended = "Succeeded".equals(phase) || "Failed".equals(phase);
        var reason = ended && "Succeeded".equals(phase) ? "PodCompleted" : ready ? null : "ContainersNotReady";
        var conditions = new Conditions(before.getConditions(), now);
        conditions.set("PodReadyToStartContainers", !run.podIp().isEmpty() && !ended, null);
        conditions.set("Initialized", initialized, initialized ? null : "ContainersNotInitialized");
        conditions.set("Ready", ready, reason);
        conditions.set("ContainersReady", ready, reason);
        conditions.set("PodScheduled", true, null);
        var status = new PodStatusBuilder(before)
                .withPhase(phase)
                .withHostIP(hostIp)
                .withStartTime(run.boundAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .withConditions(conditions.all())
                .withContainerStatuses(containers)
                .withInitContainerStatuses(init)
                .withQosClass(Optional.ofNullable(before.getQosClass()).orElse("BestEffort"));
        if (before.getStartTime() != null) {
            status.withStartTime(before.getStartTime());
        }
        if (!run.podIp().isEmpty()) {
            status.withPodIP(run.podIp()).withPodIPs(new io.fabric8.kubernetes.api.model.PodIP(run.podIp()));
        }
        return status.build();
    }

    private static boolean endedWell(ContainerStatus status) {
        var ended = status.getState().getTerminated();
        return ended != null && ended.getExitCode() == 0;
    }

    private static String phase(Pod pod, PodRun run) {
        var never = "Never".equals(pod.getSpec().getRestartPolicy());
        var initFailed = run.initContainers().stream()
                .anyMatch(c -> c.exit().filter(exit -> exit.code() != 0).isPresent());
        if (never && initFailed) {
            return "Failed";
        }
        if (run.containers().stream().noneMatch(ContainerRun::started)) {
            return Optional.ofNullable(pod.getStatus())
                    .map(PodStatus::getPhase)
                    .filter("Running"::equals)
                    .orElse("Pending");
        }
        var exits = run.containers().stream()
                .map(ContainerRun::exit)
                .flatMap(Optional::stream)
                .toList();
        if (exits.size() < run.containers().size()) {
            return "Running";
        }
        var well = exits.stream().allMatch(exit -> exit.code() == 0);
        return switch (Optional.ofNullable(pod.getSpec().getRestartPolicy()).orElse("Always")) {
            case "Never" -> well ? "Succeeded" : "Failed";
            case "OnFailure" -> well ? "Succeeded" : "Running";
            default -> "Running";
        };
    }

    /** The list of conditions, changed only where something has changed. */
    private static final class Conditions {
        private final List<PodCondition> all;
        private final String now;

        Conditions(List<PodCondition> before, String now) {
            this.all = new ArrayList<>(before);
            this.now = now;
        }

        void set(String type, boolean value, String reason) {
            var status = value ? "True" : "False";
            var old = all.stream().filter(c -> type.equals(c.getType())).findFirst();
            var since = old.filter(c -> status.equals(c.getStatus()))
                    .map(PodCondition::getLastTransitionTime)
                    .orElse(now);
            old.ifPresent(all::remove);
            all.add(new PodConditionBuilder()
                    .withType(type)
                    .withStatus(status)
                    .withReason(reason)
                    .withLastTransitionTime(since)
                    .build());
        }

        List<PodCondition> all() {
            return all;
        }
    }
}
