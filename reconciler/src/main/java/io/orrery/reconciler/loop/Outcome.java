package io.orrery.reconciler.loop;

import java.time.Duration;

/** How a pass over one platform ended. No outcome is terminal: it only says when the platform is looked at again. */
public sealed interface Outcome {

    /** Nothing left to do; looked at again at the next resync. */
    record Converged() implements Outcome {}

    /** Something is under way, and is looked at again after {@code retryAfter}. */
    record Progressing(Duration retryAfter) implements Outcome {}

    /** Another stage, or a person, has to move first; the fact that they did wakes us. */
    record Waiting(String on) implements Outcome {}

    /**
     * It went wrong, and is tried again with growing delays.
     *
     * @param reason a stable word for machines, in CamelCase
     * @param message for people; holds no secret
     */
    record Failed(String reason, String message) implements Outcome {}

    /**
     * The cloud or cluster that the platform is on does not answer. It is tried again with growing delays, at the
     * latest when the resync is due, so that a short outage is over here as soon as it is over there.
     */
    record Unreachable(String message) implements Outcome {}
}
