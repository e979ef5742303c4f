package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of the ledger: one cloud resource that is or was ours. It is written, with its name, before the first attempt
 * to make it, and never deleted before the platform is: the teardown certificate is made from it.
 *
 * @param kind what it is, as the OpenStack client names it ({@code network}, {@code floating ip})
 * @param key which one it is to us ({@code network}, {@code server:workers-1}); unique among the living
 * @param name the name it is made under and found again by; for things without one, their mark in the description
 * @param id the cloud's id, once known
 * @param secret where we choose the secret that opens it: told before it is made, so that a lost answer loses nothing
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Resource(
        String kind, String key, String name, Optional<String> id, State state, Optional<Sealed> secret) {

    public enum State {
        /** Named, perhaps made. */
        INTENDED,
        /** Seen. */
        PRESENT,
        /** To be deleted. */
        CONDEMNED,
        /** Deleted, and its absence verified by id in two passes. */
        ABSENT,
        /** Found, not made, by us: used, never changed, never deleted. */
        BORROWED
    }

    public Resource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        id = Objects.requireNonNullElse(id, Optional.empty());
        secret = Objects.requireNonNullElse(secret, Optional.empty());
    }

    /** Of what is opened by no secret of ours. */
    public Resource(String kind, String key, String name, Optional<String> id, State state) {
        this(kind, key, name, id, state, Optional.empty());
    }

    public static Resource intended(String kind, String key, String name) {
        return new Resource(kind, key, name, Optional.empty(), State.INTENDED);
    }

    public Resource openedBy(Sealed chosen) {
        return new Resource(kind, key, name, id, state, Optional.of(chosen));
    }

    public Resource seen(String newId) {
        return new Resource(kind, key, name, Optional.of(newId), State.PRESENT, secret);
    }

    /** The secret of what is gone is forgotten. */
    public Resource in(State newState) {
        return new Resource(kind, key, name, id, newState, newState == State.ABSENT ? Optional.empty() : secret);
    }
}
