package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** One wheel of the works: a part of the platform that one service makes and keeps, and tells about on one topic. */
public enum Stage {
    INFRASTRUCTURE,
    CLUSTER,
    TRACKING,
    WORKLOADS,
    OBSERVABILITY;

    /**
     * The stages that build on this one. Removal runs backwards: a stage removes its part only after all of these have
     * told that theirs is gone. Tracking and workloads part ways with the order of building: the registry must outlive
     * the openEO service that uses it.
     */
    public Set<Stage> later() {
        return switch (this) {
            case INFRASTRUCTURE -> EnumSet.of(CLUSTER, TRACKING, WORKLOADS, OBSERVABILITY);
            case CLUSTER -> EnumSet.of(TRACKING, WORKLOADS, OBSERVABILITY);
            case TRACKING -> EnumSet.of(WORKLOADS, OBSERVABILITY);
            case WORKLOADS -> EnumSet.of(OBSERVABILITY);
            case OBSERVABILITY -> EnumSet.noneOf(Stage.class);
        };
    }

    @JsonCreator
    public static Stage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
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
