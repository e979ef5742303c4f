package io.orrery.jobtracker.plan;

import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an application's state says of its job.
 *
 * @param reason why, for a job that failed
 */
public record Reading(JobStatus status, Optional<String> reason) {

    /**
     * Reads more carefully than openEO's own tracker, which writes states as final that are not: an application whose
     * submission failed may yet be submitted, and one whose driver's node is lost is no queued one.
     *
     * @param before what the registry says now
     * @param succeedingGrace how long SUCCEEDING may last after the driver has ended well: the operator may be gone
     */
    public static Reading of(Application application, JobStatus before, Instant now, Duration succeedingGrace) {
        return switch (application.state()) {
            case NEW, SUBMITTED, PENDING_RERUN, INVALIDATING, SUSPENDING, SUSPENDED, RESUMING -> of(JobStatus.QUEUED);
            case RUNNING -> of(JobStatus.RUNNING);
            case SUCCEEDING -> of(isStuck(application, now, succeedingGrace) ? JobStatus.FINISHED : JobStatus.RUNNING);
            case COMPLETED -> of(JobStatus.FINISHED);
            case FAILING ->
                application.attempts().mayRunAgain() ? of(JobStatus.RUNNING) : failed(application, "the driver failed");
            case FAILED -> failed(application, "the driver failed");
            case SUBMISSION_FAILED ->
                application.attempts().maySubmitAgain()
                        ? of(JobStatus.QUEUED)
                        : failed(application, "the application could not be submitted");
            case UNKNOWN -> of(before);
        };
    }

    private static boolean isStuck(Application application, Instant now, Duration grace) {
        return !application.attempts().restarts().equals(Application.Restarts.ALWAYS)
                && application
                        .terminated()
                        .filter(end -> end.plus(grace).isBefore(now))
                        .isPresent();
    }

    private static Reading of(JobStatus status) {
        return new Reading(status, Optional.empty());
    }

    private static Reading failed(Application application, String otherwise) {
        return new Reading(JobStatus.ERROR, Optional.of(application.message().orElse(otherwise)));
    }
}
