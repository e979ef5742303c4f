package io.orrery.jobtracker.issuer;

import io.orrery.jobtracker.registry.Caller;
import java.util.Optional;

/** Who it is that carries an access token. */
public interface Tokens {

    /**
     * @return empty for a token that is not to be trusted
     * @throws io.orrery.jobtracker.registry.RegistryException 503 if nobody can say at the moment
     */
    Optional<Caller> callerOf(String token);
}
