package io.orrery.jobtracker.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The statuses of an openEO batch job. */
public enum JobStatus {
    CREATED,
    QUEUED,
    RUNNING,
    FINISHED,
    ERROR,
    CANCELED;

    /** Something can still happen to the job by itself. */
    public boolean isActive() {
        return this == CREATED || this == QUEUED || this == RUNNING;
    }

    /** Nothing follows. */
    public boolean isFinal() {
        return !isActive();
    }

    public static Optional<JobStatus> find(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    @JsonCreator
    public static JobStatus of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("no job status " + word));
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
