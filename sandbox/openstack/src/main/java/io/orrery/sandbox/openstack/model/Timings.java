package io.orrery.sandbox.openstack.model;

import java.time.Duration;

/**
 * How long the cloud takes.
 *
 * @param boot a server from its request to ACTIVE
 * @param delete a server from its deletion to 404
 * @param power a stop, start, reboot or rebuild
 * @param volume a volume or snapshot to available, or until it is gone
 * @param snapshot an image of a server to active
 * @param answer added to every answer, as a network and a busy API would
 */
public record Timings(
        Duration boot, Duration delete, Duration power, Duration volume, Duration snapshot, Duration answer) {
    /** As quick as it goes while every state can still be seen. */
    public static Timings quick() {
        var moment = Duration.ofMillis(100);
        return new Timings(Duration.ofMillis(300), moment, moment, moment, moment, Duration.ZERO);
    }

    /** As a public cloud in the middle of the day (field reports: boot 20 to 60 s, 0.1 to 0.4 s a call). */
    public static Timings realistic() {
        return new Timings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(4),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofMillis(200));
    }
}
