package io.orrery.sandbox.controllers.spark;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The operator's state machine (internal/controller/sparkapplication/controller.go of kubeflow/spark-operator 2.x). Pure:
 * what is wanted, what was told, and what is observed go in; one step comes out. A step once taken leads to the next.
 */
record SparkMachine(SparkSpec spec, SparkStatus status, Driver driver, Instant now) {

    /** So long a driver that was submitted may be unseen (controller.driverPodCreationGracePeriod). */
    private static final Duration DRIVER_GRACE = Duration.ofSeconds(10);

    /** @param outdated whether the driver was made from another spec than the present one */
    Next next(boolean outdated, boolean leftovers) {
        return switch (status.state()) {
            case NEW -> spec.suspend() ? tell(SparkState.SUSPENDED) : new Next.Submit();
            case SUBMITTED, RUNNING, UNKNOWN -> active(outdated);
            case SUCCEEDING -> succeeding();
            case FAILING -> failing();
            case SUBMISSION_FAILED -> submissionFailed();
            case PENDING_RERUN, RESUMING -> leftovers ? new Next.CleanUp(status) : new Next.Submit();
            case INVALIDATING -> new Next.CleanUp(status.reset(false).with(SparkState.PENDING_RERUN, ""));
            case SUSPENDING -> new Next.CleanUp(status.reset(true).with(SparkState.SUSPENDED, ""));
            case SUSPENDED -> spec.suspend() ? new Next.Tell(status) : tell(SparkState.RESUMING);
            case COMPLETED, FAILED -> outdated ? tell(SparkState.INVALIDATING) : expiry();
        };
    }

    private Next active(boolean outdated) {
        if (outdated) {
            return tell(SparkState.INVALIDATING);
        }
        if (spec.suspend()) {
            return tell(SparkState.SUSPENDING);
        }
        return switch (driver) {
            case Driver.Pending p -> new Next.Tell(status.with(SparkState.SUBMITTED, ""));
            case Driver.Running r -> new Next.Tell(status.with(SparkState.RUNNING, ""));
            case Driver.Succeeded end ->
                new Next.Tell(status.withTermination(time(end.at())).with(SparkState.SUCCEEDING, ""));
            case Driver.Failed end ->
                new Next.Tell(status.withTermination(time(end.at())).with(SparkState.FAILING, end.message()));
            case Driver.Lost l -> new Next.Tell(status.with(SparkState.UNKNOWN, ""));
            case Driver.Absent a -> absent();
        };
    }

    private Next absent() {
        var submitted = Instant.parse(status.lastSubmissionAttemptTime());
        var left = Duration.between(now, submitted.plus(DRIVER_GRACE));
        if (status.state() == SparkState.SUBMITTED && left.isPositive()) {
            return new Next.Wait(left);
        }
        return new Next.Tell(status.withTermination(now.toString()).with(SparkState.FAILING, "driver pod not found"));
    }

    private Next succeeding() {
        return spec.restartPolicy().retriesSuccess()
                ? new Next.CleanUp(status.reset(true).with(SparkState.PENDING_RERUN, ""))
                : tell(SparkState.COMPLETED);
    }

    private Next failing() {
        var policy = spec.restartPolicy();
        if (!policy.retriesFailure(status.executionAttempts())) {
            return tell(SparkState.FAILED);
        }
        var due = policy.nextAfterFailure(Instant.parse(status.terminationTime()), status.executionAttempts());
        return after(due, () -> new Next.CleanUp(status.reset(true).with(SparkState.PENDING_RERUN, "")));
    }

    private Next submissionFailed() {
        var policy = spec.restartPolicy();
        if (!policy.retriesSubmission(status.submissionAttempts())) {
            return tell(SparkState.FAILED);
        }
        var due = policy.nextSubmission(Instant.parse(status.lastSubmissionAttemptTime()), status.submissionAttempts());
        return after(due, Next.Submit::new);
    }

    private Next expiry() {
        if (spec.timeToLiveSeconds() == null || status.terminationTime() == null) {
            return new Next.Tell(status);
        }
        return after(Instant.parse(status.terminationTime()).plusSeconds(spec.timeToLiveSeconds()), Next.Delete::new);
    }

    private Next after(Instant due, Supplier<Next> then) {
        var left = Duration.between(now, due);
        return left.isPositive() ? new Next.Wait(left) : then.get();
    }

    private Next tell(SparkState state) {
        return new Next.Tell(status.with(state));
    }

    private String time(String seen) {
        return seen == null ? now.toString() : seen;
    }
}
