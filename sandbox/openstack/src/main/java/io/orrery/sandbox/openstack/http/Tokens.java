package io.orrery.sandbox.openstack.http;

import io.orrery.sandbox.openstack.model.Caller;
import java.util.Optional;

/** Who a token speaks for; empty for one that is unknown, expired or revoked. */
@FunctionalInterface
public interface Tokens {
    Optional<Caller> caller(String token);
}
