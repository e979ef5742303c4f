package io.orrery.jobtracker.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Change;
import io.orrery.jobtracker.model.Job;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is to be written into the registry for a job, given what its application says. */
public final class JobPlan {

    private JobPlan() {}

    /**
     * What to write for a job whose application says {@code reading}. Nothing for a job that is over, and nothing for
     * an application that is not the job's.
     *
     * @param results what the job has written about its results; used when it is over
     */
    public static Optional<Change> follow(
            Job job, Application application, Reading reading, Optional<ObjectNode> results, Instant now) {
        if (job.status().isFinal() || isOfAnother(job, application)) {
            return Optional.empty();
        }
        var patch = JsonNodeFactory.instance.objectNode();
        if (job.applicationId().isEmpty()) {
            patch.put("application_id", application.name());
        }
        if (reading.status() != job.status()) {
            patch.put("status", reading.status().word());
            application.submitted().ifPresent(at -> patch.put("started", seconds(at)));
        }
        if (reading.status().isFinal()) {
            patch.put("finished", seconds(application.terminated().orElse(now)));
            patch.setAll(Outcome.fields(job, results));
        }
        return change(patch, reading.reason(), now);
    }

    /** What to write for a job whose application is gone for good. */
    public static Optional<Change> lost(Job job, Optional<ObjectNode> results, Instant now) {
        if (job.status().isFinal()) {
            return Optional.empty();
        }
        var done = results.filter(Outcome::isOfTheEnd).isPresent();
        var patch = JsonNodeFactory.instance.objectNode();
        patch.put("status", done ? "finished" : "error");
        patch.put("finished", seconds(now));
        patch.setAll(Outcome.fields(job, results));
        return change(patch, Optional.of(done ? "application gone, results are there" : "infrastructure lost"), now);
    }

    private static boolean isOfAnother(Job job, Application application) {
        return job.applicationId()
                .filter(name -> !name.equals(application.name()))
                .isPresent();
    }

    private static Optional<Change> change(ObjectNode patch, Optional<String> reason, Instant now) {
        if (patch.isEmpty()) {
            return Optional.empty();
        }
        patch.put("updated", seconds(now));
        return Optional.of(new Change(patch, reason));
    }

    /** The registry's times have whole seconds. */
    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
