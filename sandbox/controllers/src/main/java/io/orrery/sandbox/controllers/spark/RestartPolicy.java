package io.orrery.sandbox.controllers.spark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;

/** spec.restartPolicy, intervals in seconds. What is absent is null, as the operator tells 0 retries from none said. */
@JsonIgnoreProperties(ignoreUnknown = true)
record RestartPolicy(
        String type,
        Integer onFailureRetries,
        Long onFailureRetryInterval,
        Integer onSubmissionFailureRetries,
        Long onSubmissionFailureRetryInterval) {

    static final RestartPolicy NEVER = new RestartPolicy("Never", null, null, null, null);

    private static final long DEFAULT_INTERVAL = 5;

    boolean retriesFailure(int executionAttempts) {
        return isAlways() || (isOnFailure() && onFailureRetries != null && executionAttempts <= onFailureRetries);
    }

    boolean retriesSubmission(int submissionAttempts) {
        return isAlways()
                || (isOnFailure()
                        && onSubmissionFailureRetries != null
                        && submissionAttempts <= onSubmissionFailureRetries);
    }

    boolean retriesSuccess() {
        return isAlways();
    }

    /** The waits grow linearly: the interval as often as there were attempts. */
    Instant nextAfterFailure(Instant ended, int executionAttempts) {
        return ended.plus(interval(onFailureRetryInterval).multipliedBy(executionAttempts));
    }

    Instant nextSubmission(Instant last, int submissionAttempts) {
        return last.plus(interval(onSubmissionFailureRetryInterval).multipliedBy(submissionAttempts));
    }

    private static Duration interval(Long seconds) {
        return Duration.ofSeconds(seconds == null ? DEFAULT_INTERVAL : seconds);
    }

    private boolean isAlways() {
        return "Always".equals(type);
    }

    private boolean isOnFailure() {
        return "OnFailure".equals(type);
    }
}
