package io.orrery.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One thing that holds or does not hold of a stage.
 *
 * @param type what it is about, in CamelCase ({@code FoundationReady})
 * @param reason a stable word for machines, in CamelCase
 * @param message a sentence for people; holds no secret
 * @param since when {@code status} last changed
 */
public record Condition(
        String type,
        Status status,
        String reason,
        String message,
        @Incidental Instant since) {

    public enum Status {
        TRUE,
        FALSE,
        UNKNOWN
    }

    public Condition {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(status, "status");
        reason = Objects.requireNonNullElse(reason, "");
        message = Objects.requireNonNullElse(message, "");
    }

    public static Condition holds(String type, String reason, String message, Instant since) {
        return new Condition(type, Status.TRUE, reason, message, since);
    }

    public static Condition fails(String type, String reason, String message, Instant since) {
        return new Condition(type, Status.FALSE, reason, message, since);
    }

    /** This condition, dated back to where the former of its type began if that had the same status. */
    public Condition after(List<Condition> former) {
        return former.stream()
                .filter(earlier -> earlier.type.equals(type) && earlier.status == status)
                .findFirst()
                .map(earlier -> new Condition(type, status, reason, message, earlier.since))
                .orElse(this);
    }
}
