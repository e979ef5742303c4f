package io.orrery.sandbox.openstack.faults;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What becomes of servers that are made from now on.
 *
 * @param server regular expression, found anywhere in the server's name
 * @param times how many servers; 0 for all
 * @param message the fault of {@link End#ERROR}; null for Nova's usual one
 * @param after since the server was ACTIVE for {@link End#VANISH} and {@link End#SHUTOFF}; null for at once
 */
public record Fate(String server, int times, End end, String message, Duration after) {
    public Fate {
        Pattern.compile(server);
        message = message == null ? "No valid host was found. There are not enough hosts available." : message;
        after = after == null ? Duration.ZERO : after;
    }

    /** How it ends. */
    public enum End {
        /** ERROR instead of ACTIVE. */
        ERROR,
        /** BUILD for ever. */
        BUILD,
        /** Gone without anybody's request. */
        VANISH,
        /** Switched off. */
        SHUTOFF
    }
}
