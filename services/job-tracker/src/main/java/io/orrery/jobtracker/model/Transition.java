package io.orrery.jobtracker.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of a job's history.
 *
 * @param by who said it: the tracker, or a client of the registry
 * @param sequence counts the transitions after creation from 1; creation itself is 0
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Transition(JobStatus status, Instant at, String by, long sequence, Optional<String> reason) {
    public Transition {
        Objects.requireNonNull(status, "status");
        reason = Objects.requireNonNullElse(reason, Optional.empty());
    }
}
