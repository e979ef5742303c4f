package io.orrery.jobtracker.reconcile;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import java.util.Optional;

/** What openEO signs in at the registry with: one client for each platform. */
public interface Credentials {

    /**
     * {@code id:secret} of the platform's client, sealed; afterwards the registry knows the client's rights.
     *
     * @param told before
     * @throws MissingException if a person has to see to it
     */
    Sealed make(PlatformName platform, Uid uid, Optional<TrackingStatus> told);

    /**
     * Takes the platform's client its rights. Does nothing if the platform has none.
     *
     * @param told before
     */
    void remove(PlatformName platform, Uid uid, Optional<TrackingStatus> told);

    /** There are none, and none can be made; the message is for people. */
    final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message);
        }
    }
}
