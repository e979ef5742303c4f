package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Told by every service on {@link Topics#ACTIVITY}: a step was begun, done, or failed.
 *
 * @param causes ids of the events that led here, the nearest first
 * @param resourceId what the step was about, in the outside system's id
 * @param requestId the outside system's id of the call, to show its operator
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Activity(
        PlatformName platform,
        Uid uid,
        Stage stage,
        String step,
        Result result,
        Instant at,
        Optional<Duration> duration,
        Optional<String> resourceId,
        Optional<String> requestId,
        Optional<String> message,
        List<String> causes) {

    public enum Result {
        BEGUN,
        DONE,
        FAILED
    }

    /** The CloudEvents type. */
    public String type() {
        return "orrery.step." + result.name().toLowerCase(Locale.ROOT) + ".v1";
    }

    public Activity {
        duration = Objects.requireNonNullElse(duration, Optional.empty());
        resourceId = Objects.requireNonNullElse(resourceId, Optional.empty());
        requestId = Objects.requireNonNullElse(requestId, Optional.empty());
        message = Objects.requireNonNullElse(message, Optional.empty());
        causes = List.copyOf(Objects.requireNonNullElse(causes, List.of()));
    }
}
