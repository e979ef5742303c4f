package io.orrery.jobtracker.issuer;

import java.util.function.Supplier;

/** Keeps the issuer's signing key, so that replicas and restarts agree on it. */
public interface KeyVault {

    /** The key that is kept; {@code made} if there is none, which is then kept. The first one wins. */
    byte[] keep(Supplier<byte[]> made);
}
