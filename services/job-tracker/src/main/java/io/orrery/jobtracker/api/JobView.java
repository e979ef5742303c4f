package io.orrery.jobtracker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import java.util.List;
import java.util.Optional;

/** A job as people look at it: without its process graph, in the registry's own words. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record JobView(
        @JsonProperty("job_id") String id,
        @JsonProperty("user_id") String user,
        JobStatus status,
        Optional<String> title,
        Optional<String> created,
        Optional<String> updated,
        @JsonProperty("application_id") Optional<String> application) {

    /**
     * Some of them.
     *
     * @param total how many match
     * @param next what the next page is asked for with; empty on the last
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<JobView> jobs, long total, Optional<String> next) {}

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
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Detail(
            @JsonProperty("job_id") String id,
            @JsonProperty("user_id") String user,
            JobStatus status,
            Optional<String> title,
            Optional<String> description,
            Optional<String> created,
            Optional<String> updated,
            Optional<String> started,
            Optional<String> finished,
            @JsonProperty("application_id") Optional<String> application,
            Optional<JsonNode> usage,
            Optional<JsonNode> costs,
            List<Transition> history) {

        static Detail of(Job job) {
            return new Detail(
                    job.id(),
                    job.userId(),
                    job.status(),
                    job.text("title"),
                    job.text("description"),
                    job.text("created"),
                    job.text("updated"),
                    job.text("started"),
                    job.text("finished"),
                    job.applicationId(),
                    Optional.ofNullable(job.document().get("usage")),
                    Optional.ofNullable(job.document().get("costs")),
                    job.history());
        }
    }
}
