package io.orrery.jobtracker.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch job's SparkApplication, as far as tracking needs it. The manifest holds secrets in plain text; none of them
 * is kept here.
 *
 * @param state what the operator says; NEW where it has said nothing yet
 * @param submitted when it was last submitted
 * @param terminated when the driver ended, well or not; set while the state is still SUCCEEDING or FAILING
 * @param message the operator's words about an error
 */
public record Application(
        String name,
        String jobId,
        State state,
        Attempts attempts,
        Optional<Instant> submitted,
        Optional<Instant> terminated,
        Optional<String> message) {

    /** The one that was submitted last is the greatest. */
    public static final Comparator<Application> BY_SUBMISSION =
            Comparator.comparing(application -> application.submitted().orElse(Instant.EPOCH));

    public Application {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(jobId, "jobId");
    }

    /** {@code applicationState.state} of v1beta2. */
    public enum State {
        NEW,
        SUBMITTED,
        RUNNING,
        SUCCEEDING,
        COMPLETED,
        FAILING,
        FAILED,
        SUBMISSION_FAILED,
        PENDING_RERUN,
        INVALIDATING,
        SUSPENDING,
        SUSPENDED,
        RESUMING,
        UNKNOWN;

        /** A word that no operator known today says is UNKNOWN: it changes nothing. */
        public static State of(String word) {
            if (word.isEmpty()) {
                return NEW;
            }
            for (var state : values()) {
                if (state.name().equals(word)) {
                    return state;
                }
            }
            return UNKNOWN;
        }
    }

    /**
     * How often it was tried, and how often it may be.
     *
     * @param executions runs begun
     * @param submissions submissions tried
     * @param restarts which failures are followed by another try
     */
    public record Attempts(int executions, int submissions, Restarts restarts) {

        public boolean maySubmitAgain() {
            return submissions <= restarts.onSubmissionFailure();
        }

        public boolean mayRunAgain() {
            return executions <= restarts.onFailure();
        }
    }

    /** The retries that the restart policy allows; those of Never are 0, and those of Always have no end. */
    public record Restarts(int onFailure, int onSubmissionFailure) {
        public static final Restarts NEVER = new Restarts(0, 0);
        public static final Restarts ALWAYS = new Restarts(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
