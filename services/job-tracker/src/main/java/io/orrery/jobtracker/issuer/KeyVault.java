package io.orrery.jobtracker.issuer;

import java.util.Optional;

/** Keeps the issuer's signing keys, so that replicas and restarts agree on them. */
public interface KeyVault {

    /**
     * What is kept.
     *
     * @param version rises with every change
     */
    record Kept(String keys, int version) {}

    Optional<Kept> read();

    /** Does nothing if there are some already. */
    void create(String keys);

    /** Does nothing if they were changed since {@code former} was read. */
    void replace(Kept former, String keys);
}
