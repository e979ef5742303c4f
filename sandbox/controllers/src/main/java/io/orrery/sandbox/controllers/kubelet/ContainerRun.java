package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** One container of a pod: its present and its last process. */
final class ContainerRun {

    private static final int MOST_DOUBLINGS = 5;

    private final Container container;
    private final Clock clock;
    private ContainerLog log;
    private ContainerLog previousLog;
    private Running process;
    private String processId = "";
    private Instant startedAt;
    private Instant endedAt;
    private Exit exit;
    private ContainerState last = new ContainerState();
    private int restarts;
    private Instant restartAt;
    private String waitingReason = "ContainerCreating";
    private String waitingMessage;

    ContainerRun(Container container, Clock clock, int restarts) {
        this.container = container;
        this.clock = clock;
        this.restarts = restarts;
        this.log = new ContainerLog(clock);
    }

    Container container() {
        return container;
    }

    synchronized ContainerLog log(boolean previous) {
        return previous ? previousLog : log;
    }

    boolean started() {
        return process != null;
    }

    Optional<Exit> exit() {
        return Optional.ofNullable(exit);
    }

    boolean ready() {
        return process != null && exit == null && process.ready().isDone();
    }

    /** Why it has not been started, as kubectl shows it. */
    void waiting(String reason, String message) {
        waitingReason = reason;
        waitingMessage = message;
    }

    void start(Workload workload, PodContext context, Runnable changed) {
        startedAt = clock.instant();
        processId = "orrery://" + UUID.randomUUID().toString().replace("-", "");
        try {
            process = workload.start(context);
            var unusedReady = process.ready().thenRun(changed);
            var unusedEnd = process.exited().thenRun(changed);
        } catch (IOException | RuntimeException e) {
            log.line(String.valueOf(e.getMessage()));
            process = Running.forEver();
            process.exited().complete(new Exit(128, "StartError"));
            changed.run();
        }
    }

    /** Takes notice of the process's end, if it has come. */
    void look() {
        if (process != null && exit == null && process.exited().isDone()) {
            exit = process.exited().exceptionally(failure -> Exit.error(1)).join();
            endedAt = clock.instant();
            log.end();
        }
    }

    /** The wait until the next start; zero when it is due. Begins to count when it is first asked after an end. */
    Duration untilRestart(Duration backoff) {
        if (restartAt == null) {
            restartAt = endedAt.plus(backoff.multipliedBy(1L << Math.min(restarts, MOST_DOUBLINGS)));
        }
        var left = Duration.between(clock.instant(), restartAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Makes room for the next process. */
    synchronized void recycle() {
        last = terminated();
        restarts++;
        previousLog = log;
        log = new ContainerLog(clock);
        process = null;
        exit = null;
        restartAt = null;
    }

    void stop() {
        if (process != null) {
            process.stop();
        }
    }

    void end() {
        log.end();
    }

    ContainerStatus status() {
        return new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID(container.getImage())
                .withContainerID(process == null ? null : processId)
                .withReady(ready())
                .withStarted(process != null && exit == null)
                .withRestartCount(restarts)
                .withState(state())
                .withLastState(last)
                .build();
    }

    private ContainerState state() {
        if (process == null) {
            return new ContainerStateBuilder()
                    .withNewWaiting(waitingMessage, waitingReason)
                    .build();
        }
        if (exit == null) {
            return new ContainerStateBuilder().withNewRunning(time(startedAt)).build();
        }
        if (restartAt != null) {
            return new ContainerStateBuilder()
                    .withNewWaiting("back-off restarting failed container " + container.getName(), "CrashLoopBackOff")
                    .build();
        }
        return terminated();
    }

    private ContainerState terminated() {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exit.code())
                .withReason(exit.reason())
                .withStartedAt(time(startedAt))
                .withFinishedAt(time(endedAt))
                .withContainerID(processId)
                .endTerminated()
                .build();
    }

    /** While it waits for a restart the last end stands in lastState already. */
    ContainerStatus statusWithLast() {
        return restartAt == null
                ? status()
                : new ContainerStatusBuilder(status())
                        .withLastState(terminated())
                        .build();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
