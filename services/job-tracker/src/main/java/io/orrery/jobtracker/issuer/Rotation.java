package io.orrery.jobtracker.issuer;

import java.time.Duration;

/**
 * When signing keys follow each other.
 *
 * @param use for how long a key signs
 * @param lead for how long it is published before that, so that whoever keeps a copy of the keys has it in time
 * @param tokenLife for how long it is needed after that
 */
public record Rotation(Duration use, Duration lead, Duration tokenLife) {

    /** Clocks differ. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    Duration kept() {
        return tokenLife.plus(SLACK);
    }
}
