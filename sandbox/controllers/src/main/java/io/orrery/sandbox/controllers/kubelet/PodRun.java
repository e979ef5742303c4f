package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.orrery.sandbox.controllers.loop.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * One pod on this node, from its binding to its end. Every step may be asked for at any time; only the log is read by
 * other threads than the kubelet's loop.
 */
final class PodRun {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final KubeletSettings settings;
    private final ScheduledExecutorService timers;
    private final Events events;
    private final Runnable changed;
    private final Pod pod;
    private final String hostIp;
    private final List<ContainerRun> init;
    private final List<ContainerRun> main;
    private final Instant boundAt;
    private String podIp = "";

    PodRun(
            KubernetesClient client,
            KubeletSettings settings,
            ScheduledExecutorService timers,
            Events events,
            Pod pod,
            String hostIp,
            Runnable changed) {
        this.client = client;
        this.settings = settings;
        this.timers = timers;
        this.events = events;
        this.pod = pod;
        this.hostIp = hostIp;
        this.changed = changed;
        this.boundAt = settings.clock().instant();
        this.init = runs(pod.getSpec().getInitContainers());
        this.main = runs(pod.getSpec().getContainers());
    }

    private List<ContainerRun> runs(List<Container> containers) {
        return containers.stream()
                .map(container -> new ContainerRun(container, settings.clock(), restartsSoFar(container.getName())))
                .toList();
    }

    /** A kubelet that comes back goes on counting where the status stands. */
    private int restartsSoFar(String container) {
        return pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> container.equals(status.getName()))
                        .map(ContainerStatus::getRestartCount)
                        .findFirst()
                        .orElse(0);
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    String podIp() {
        return podIp;
    }

    Instant boundAt() {
        return boundAt;
    }

    List<ContainerRun> initContainers() {
        return init;
    }

    List<ContainerRun> containers() {
        return main;
    }

    Optional<ContainerLog> log(String container, boolean previous) {
        return Stream.concat(main.stream(), init.stream())
                .filter(run -> run.container().getName().equals(container))
                .findFirst()
                .map(run -> run.log(previous));
    }

    /** Starts what is due to start; says when to come back if no event will tell. */
    Optional<Duration> step() {
        Stream.concat(init.stream(), main.stream()).forEach(ContainerRun::look);
        var startsIn = Duration.between(settings.clock().instant(), boundAt.plus(settings.podStart()));
        if (startsIn.isPositive()) {
            return Optional.of(startsIn);
        }
        if (podIp.isEmpty()) {
            var obstacle = new PodFiles(client, pod).obstacle();
            if (obstacle.isPresent()) {
                events.warning(pod, "FailedMount", obstacle.get());
                return Optional.of(LOOK_AGAIN);
            }
            podIp = address();
        }
        for (var run : init) {
            if (!run.exit().equals(Optional.of(Exit.COMPLETED))) {
                return drive(run, true);
            }
        }
        return main.stream()
                .map(run -> drive(run, false))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    private String address() {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork())
                ? hostIp
                : settings.podAddresses().take();
    }

    private Optional<Duration> drive(ContainerRun run, boolean isInit) {
        if (!run.started()) {
            return start(run, isInit);
        }
        if (run.exit().filter(exit -> restarts(exit, isInit)).isEmpty()) {
            return Optional.empty();
        }
        var wait = run.untilRestart(settings.restartBackoff());
        if (wait.isPositive()) {
            events.warning(
                    pod,
                    "BackOff",
                    "Back-off restarting failed container " + run.container().getName() + " in pod "
                            + pod.getMetadata().getName());
            return Optional.of(wait);
        }
        run.recycle();
        return start(run, isInit);
    }

    private boolean restarts(Exit exit, boolean isInit) {
        return switch (Optional.ofNullable(pod.getSpec().getRestartPolicy()).orElse("Always")) {
            case "Never" -> false;
            case "OnFailure" -> exit.code() != 0;
            default -> !isInit || exit.code() != 0;
        };
    }

    private Optional<Duration> start(ContainerRun run, boolean isInit) {
        var container = run.container();
        try {
            var env = new Environment(client, pod, podIp, hostIp).of(container);
            var context = new PodContext(
                    pod, container, podIp, env, new PodFiles(client, pod), run.log(false), settings.clock(), timers);
            run.start(settings.workloads().choose(pod, container, isInit), context, changed);
            events.normal(pod, "Started", "Started container " + container.getName());
            return Optional.empty();
        } catch (Environment.MissingSource e) {
            run.waiting("CreateContainerConfigError", e.getMessage());
            events.warning(pod, "Failed", "Error: " + e.getMessage());
            return Optional.of(LOOK_AGAIN);
        }
    }

    /** Asks all containers to end; true once they have. */
    boolean stop() {
        var all = Stream.concat(init.stream(), main.stream()).toList();
        all.forEach(ContainerRun::stop);
        all.forEach(ContainerRun::look);
        return all.stream().allMatch(run -> !run.started() || run.exit().isPresent());
    }

    /** Nothing of it is left: its followers are let go and its address may be another's. */
    void forget() {
        stop();
        Stream.concat(init.stream(), main.stream()).forEach(ContainerRun::end);
        if (!podIp.isEmpty()) {
            settings.podAddresses().giveBack(podIp);
        }
    }
}
