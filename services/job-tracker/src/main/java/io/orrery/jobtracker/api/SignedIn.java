package io.orrery.jobtracker.api;

import io.orrery.jobtracker.registry.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who the request is from. */
@RequestScoped
class SignedIn {

    private Optional<Caller> caller = Optional.empty();

    void as(Caller known) {
        caller = Optional.of(known);
    }

    Caller caller() {
        return caller.orElseThrow();
    }
}
