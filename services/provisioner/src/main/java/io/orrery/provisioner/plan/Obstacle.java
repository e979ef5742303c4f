package io.orrery.provisioner.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that a person, here or at the cloud, has to mend before the plan can be done.
 *
 * @param reason a stable word for machines, in CamelCase
 * @param message for people
 */
public record Obstacle(String reason, String message) {

    static final String QUOTA_SHORT = "QuotaShort";

    /** All of them in one message. */
    public static String words(List<Obstacle> obstacles) {
        return obstacles.stream().map(Obstacle::message).collect(Collectors.joining("; "));
    }
}
