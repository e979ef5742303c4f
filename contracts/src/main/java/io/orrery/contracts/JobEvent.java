package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** Told by {@code job-tracker} on {@link Topics#JOBS}, keyed by {@code platform/job id}: a batch job has changed its status. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobEvent.JobQueued.class, name = "JobQueued"),
    @JsonSubTypes.Type(value = JobEvent.JobStarted.class, name = "JobStarted"),
    @JsonSubTypes.Type(value = JobEvent.JobFinished.class, name = "JobFinished"),
    @JsonSubTypes.Type(value = JobEvent.JobFailed.class, name = "JobFailed"),
    @JsonSubTypes.Type(value = JobEvent.JobCanceled.class, name = "JobCanceled")
})
public sealed interface JobEvent {

    About about();

    /** The CloudEvents type. */
    default String type() {
        return switch (this) {
            case JobQueued queued -> "orrery.job.queued.v1";
            case JobStarted started -> "orrery.job.started.v1";
            case JobFinished finished -> "orrery.job.finished.v1";
            case JobFailed failed -> "orrery.job.failed.v1";
            case JobCanceled canceled -> "orrery.job.canceled.v1";
        };
    }

    /**
     * Which job, and which of its transitions.
     *
     * @param sequence counts the job's transitions from 1, so that a reader can tell a repetition and a gap
     * @param by who said it: the tracker, or the client of the registry
     * @param applicationId the SparkApplication's name; null before there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record About(
            PlatformName platform,
            String jobId,
            String userId,
            String applicationId,
            long sequence,
            Instant at,
            String by) {

        /** The record's key on the topic. */
        public String key() {
            return platform + "/" + jobId;
        }
    }

    record JobQueued(About about) implements JobEvent {}

    record JobStarted(About about) implements JobEvent {}

    record JobFinished(About about) implements JobEvent {}

    record JobFailed(About about, String reason) implements JobEvent {}

    record JobCanceled(About about) implements JobEvent {}
}
