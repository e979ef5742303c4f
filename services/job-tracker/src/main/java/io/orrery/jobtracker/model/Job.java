package io.orrery.jobtracker.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A batch job as the registry keeps it.
 *
 * @param document what clients see, in their own fields and order; never changed, only replaced
 * @param history its transitions, oldest first; the newest {@value #REMEMBERED} of them
 * @param body where the large fields are that do not stand in {@code document}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Job(ObjectNode document, List<Transition> history, Optional<Body> body) {

    /** A job whose Spark application is restarted for ever must not grow for ever. */
    static final int REMEMBERED = 100;

    /**
     * Large fields of a job, kept outside.
     *
     * @param key names the content by its hash: what a key leads to never changes
     */
    public record Body(String key, Set<String> fields) {
        public Body {
            fields = Set.copyOf(fields);
        }
    }

    public Job {
        Objects.requireNonNull(document, "document");
        history = List.copyOf(history);
        body = Objects.requireNonNullElse(body, Optional.empty());
    }

    /** A job that has just been posted. */
    public static Job created(ObjectNode document, Instant at, String by) {
        var status = JobStatus.find(document.path("status").asText()).orElse(JobStatus.CREATED);
        var sequence = status == JobStatus.CREATED ? 0 : 1;
        return new Job(document, List.of(new Transition(status, at, by, sequence, Optional.empty())), Optional.empty());
    }

    public String id() {
        return document.path("job_id").asText();
    }

    public String backendId() {
        return document.path("backend_id").asText();
    }

    public String userId() {
        return document.path("user_id").asText();
    }

    public JobStatus status() {
        return history.getLast().status();
    }

    public Optional<String> applicationId() {
        return text("application_id");
    }

    public boolean isDeleted() {
        return document.path("deleted").asBoolean();
    }

    /** When it was made; the beginning of time if the document does not say. */
    public Instant created() {
        return text("created").flatMap(Iso8601::instant).orElse(Instant.EPOCH);
    }

    /** The sequence of its newest transition. */
    public long sequence() {
        return history.getLast().sequence();
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable(document.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    public Job with(ObjectNode other) {
        return new Job(other, history, body);
    }

    public Job with(ObjectNode other, Optional<Body> otherBody) {
        return new Job(other, history, otherBody);
    }

    /** The job after a transition; {@code document} says the new status already. */
    public Job moved(ObjectNode to, JobStatus status, Instant at, String by, Optional<String> reason) {
        var next = new ArrayList<>(history);
        // Being put back to created is no event that anybody is told of, and must not look like one that was lost.
        var step = status == JobStatus.CREATED ? 0 : 1;
        next.add(new Transition(status, at, by, sequence() + step, reason));
        var kept = next.subList(Math.max(0, next.size() - REMEMBERED), next.size());
        return new Job(to, kept, body);
    }
}
