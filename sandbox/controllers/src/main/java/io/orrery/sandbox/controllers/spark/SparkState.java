package io.orrery.sandbox.controllers.spark;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** status.applicationState.state of a SparkApplication, all that the operator knows (api/v1beta2/sparkapplication_types.go). */
enum SparkState {
    NEW,
    SUBMITTED,
    RUNNING,
    COMPLETED,
    FAILED,
    SUBMISSION_FAILED,
    PENDING_RERUN,
    INVALIDATING,
    SUCCEEDING,
    FAILING,
    SUSPENDING,
    SUSPENDED,
    RESUMING,
    UNKNOWN;

    /** The new one is written as the empty text. */
    @JsonValue
    String text() {
        return this == NEW ? "" : name();
    }

    @JsonCreator
    static SparkState of(String text) {
        return text == null || text.isEmpty()
                ? NEW
                : Arrays.stream(values())
                        .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(UNKNOWN);
    }

    boolean isFinal() {
        return this == COMPLETED || this == FAILED;
    }
}
