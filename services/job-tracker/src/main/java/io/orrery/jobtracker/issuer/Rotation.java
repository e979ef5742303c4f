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

    /** openEO's driver asks for a new token so long before the end of the one it has. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    /** A replica looks at the keys every minute. */
    private static final Duration LEAST_LEAD = Duration.ofMinutes(5);

    public Rotation {
        if (tokenLife.compareTo(EARLY) <= 0) {
            throw new IllegalArgumentException(
                    "a token must live for more than 300 s: the driver would ask for one with every request");
        }
        if (lead.compareTo(LEAST_LEAD) < 0 || use.compareTo(lead) < 0) {
            throw new IllegalArgumentException("a key must be published for 5 minutes at least before it signs,"
                    + " and sign for longer than it is published before");
        }
    }

    /** For how long a key is published after the next one began to sign. */
    Duration kept() {
        return tokenLife.plus(SLACK);
    }
}
