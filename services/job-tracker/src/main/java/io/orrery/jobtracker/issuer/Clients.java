package io.orrery.jobtracker.issuer;

import java.util.Optional;

/** The clients that are known to every replica. */
public interface Clients {

    Optional<Client> find(String id);

    /** Makes or replaces it. */
    void put(Client client);

    /** Does nothing if there is none. */
    void remove(String id);
}
