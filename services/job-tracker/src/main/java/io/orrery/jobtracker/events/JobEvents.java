package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import io.orrery.contracts.JobEvent.About;
import io.orrery.contracts.PlatformName;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.Transition;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes of a job's history the events that are to be told of it. */
final class JobEvents {

    private JobEvents() {}

    /**
     * The events after {@code told}, in order.
     *
     * @param since older transitions were told, and have left the topic since
     */
    static Stream<JobEvent> after(long told, Job job, Instant since) {
        return PlatformName.isValid(job.backendId())
                ? job.history().stream()
                        .filter(transition -> transition.sequence() > told)
                        .filter(transition -> transition.at().isAfter(since))
                        .flatMap(transition -> event(job, transition).stream())
                : Stream.empty();
    }

    /** The record's key on the topic. */
    static String key(Job job) {
        return job.backendId() + "/" + job.id();
    }

    /** Being created is no event: nothing runs, and nothing was asked to. */
    private static Optional<JobEvent> event(Job job, Transition transition) {
        var about = new About(
                new PlatformName(job.backendId()),
                job.id(),
                job.userId(),
                job.applicationId().orElse(null),
                transition.sequence(),
                transition.at(),
                transition.by());
        return switch (transition.status()) {
            case CREATED -> Optional.empty();
            case QUEUED -> Optional.of(new JobEvent.JobQueued(about));
            case RUNNING -> Optional.of(new JobEvent.JobStarted(about));
            case FINISHED -> Optional.of(new JobEvent.JobFinished(about));
            case ERROR ->
                Optional.of(new JobEvent.JobFailed(about, transition.reason().orElse("")));
            case CANCELED -> Optional.of(new JobEvent.JobCanceled(about));
        };
    }
}
