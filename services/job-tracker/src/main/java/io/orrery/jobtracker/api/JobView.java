package io.orrery.jobtracker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import java.util.List;
import java.util.Optional;

/** A job as people look at it: without its process graph. */
record JobView(
        String id,
        String user,
        JobStatus status,
        Optional<String> title,
        Optional<String> created,
        Optional<String> updated,
        Optional<String> application) {

    static JobView of(Job job) {
        return new JobView(
                job.id(),
                job.userId(),
                job.status(),
                job.text("title"),
                job.text("created"),
                job.text("updated"),
                job.applicationId());
    }

    /** With what happened to it. */
    record Detail(
            String id,
            String user,
            JobStatus status,
            Optional<String> title,
            Optional<String> created,
            Optional<String> updated,
            Optional<String> started,
            Optional<String> finished,
            Optional<String> application,
            JsonNode usage,
            JsonNode costs,
            List<Transition> history) {

        static Detail of(Job job) {
            return new Detail(
                    job.id(),
                    job.userId(),
                    job.status(),
                    job.text("title"),
                    job.text("created"),
                    job.text("updated"),
                    job.text("started"),
                    job.text("finished"),
                    job.applicationId(),
                    field(job, "usage"),
                    field(job, "costs"),
                    job.history());
        }

        private static JsonNode field(Job job, String name) {
            return Optional.ofNullable(job.document().get(name)).orElse(NullNode.instance);
        }
    }
}
