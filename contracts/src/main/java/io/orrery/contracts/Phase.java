package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** How far a stage is with a platform, in one word. The conditions beside it say why. */
public enum Phase {
    WAITING("Waiting"),
    PROGRESSING("Progressing"),
    READY("Ready"),
    DEGRADED("Degraded"),
    FAILED("Failed"),
    REMOVING("Removing"),
    REMOVED("Removed");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    @JsonCreator
    public static Phase of(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no phase " + word));
    }

    @JsonValue
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
