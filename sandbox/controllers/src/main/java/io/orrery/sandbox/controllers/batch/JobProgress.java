package io.orrery.sandbox.controllers.batch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.orrery.sandbox.controllers.apps.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a Job is, and what is to be done. Pure.
 *
 * @param toStart pods to make now
 * @param end     the condition it ends with, once it has
 */
record JobProgress(
        int active,
        int ready,
        int succeeded,
        int failed,
        int toStart,
        Optional<End> end,
        Optional<Duration> lookAgain) {

    record End(String type, String reason, String message) {}

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

    static JobProgress of(Job job, List<Pod> pods, Instant now) {
        var succeeded = count(pods, "Succeeded");
        var failed = count(pods, "Failed");
        var active = (int) pods.stream().filter(Pods::isActive).count();
        var ready =
                (int) pods.stream().filter(Pods::isActive).filter(Pods::isReady).count();
        var end = end(job, pods, succeeded, failed, active, now);
        var deadline = deadline(job).map(at -> Duration.between(now, at)).filter(Duration::isPositive);
        if (end.isPresent() || Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return new JobProgress(active, ready, succeeded, failed, 0, end, Optional.empty());
        }
        var wait = backoff(pods, failed, now);
        if (wait.isPositive()) {
            return new JobProgress(active, ready, succeeded, failed, 0, end, Optional.of(wait));
        }
        var start = Math.max(0, wanted(job, succeeded) - active);
        return new JobProgress(active, ready, succeeded, failed, start, end, deadline);
    }

    /** Without completions one success is enough, and no more pods are started after it. */
    private static int wanted(Job job, int succeeded) {
        var parallelism = Optional.ofNullable(job.getSpec().getParallelism()).orElse(1);
        var completions = job.getSpec().getCompletions();
        if (completions == null) {
            return succeeded > 0 ? 0 : parallelism;
        }
        return Math.min(parallelism, completions - succeeded);
    }

    private static Optional<End> end(Job job, List<Pod> pods, int succeeded, int failed, int active, Instant now) {
        var limit = Optional.ofNullable(job.getSpec().getBackoffLimit()).orElse(6);
        if (failed + restarts(pods) > limit) {
            return Optional.of(
                    new End("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        }
        if (deadline(job).filter(at -> !at.isAfter(now)).isPresent()) {
            return Optional.of(new End("Failed", "DeadlineExceeded", "Job was active longer than specified deadline"));
        }
        var completions = job.getSpec().getCompletions();
        var done = completions == null ? succeeded > 0 && active == 0 : succeeded >= completions;
        return done
                ? Optional.of(new End("Complete", "CompletionsReached", "Reached expected number of succeeded pods"))
                : Optional.empty();
    }

    /** With restartPolicy OnFailure the kubelet restarts in place, and that counts too. */
    private static int restarts(List<Pod> pods) {
        return pods.stream()
                .filter(Pods::isActive)
                .filter(pod -> pod.getStatus() != null
                        && "OnFailure".equals(pod.getSpec().getRestartPolicy()))
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(status -> status.getRestartCount())
                .sum();
    }

    private static Optional<Instant> deadline(Job job) {
        return job.getSpec().getActiveDeadlineSeconds() == null
                        || job.getStatus() == null
                        || job.getStatus().getStartTime() == null
                ? Optional.empty()
                : Optional.of(Instant.parse(job.getStatus().getStartTime())
                        .plusSeconds(job.getSpec().getActiveDeadlineSeconds()));
    }

    /** After each failure the next pod waits twice as long (upstream begins at 10 s). */
    private static Duration backoff(List<Pod> pods, int failed, Instant now) {
        if (failed == 0) {
            return Duration.ZERO;
        }
        return pods.stream()
                .filter(pod -> "Failed"
                        .equals(pod.getStatus() == null ? null : pod.getStatus().getPhase()))
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .filter(status -> status.getState().getTerminated() != null)
                .map(status -> status.getState().getTerminated().getFinishedAt())
                .filter(java.util.Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .map(last -> Duration.between(now, last.plus(FIRST_BACKOFF.multipliedBy(1L << Math.min(failed, 8)))))
                .orElse(Duration.ZERO);
    }

    private static int count(List<Pod> pods, String phase) {
        return (int) pods.stream()
                .filter(pod ->
                        pod.getStatus() != null && phase.equals(pod.getStatus().getPhase()))
                .count();
    }

    /** When it became Complete or Failed; empty while it has not. */
    static Optional<Instant> finishedAt(Job job) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(c -> "Complete".equals(c.getType()) || "Failed".equals(c.getType()))
                        .filter(c -> "True".equals(c.getStatus()))
                        .map(JobCondition::getLastTransitionTime)
                        .map(Instant::parse)
                        .findFirst();
    }
}
