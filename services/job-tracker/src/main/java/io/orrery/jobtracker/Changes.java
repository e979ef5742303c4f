package io.orrery.jobtracker;

import io.orrery.contracts.PlatformName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Platforms with something new to tell. Gathered, because counts change with every job: the status is told once in a
 * while, not once for each.
 */
@ApplicationScoped
class Changes {

    private final Set<PlatformName> noted = ConcurrentHashMap.newKeySet();

    void note(PlatformName platform) {
        noted.add(platform);
    }

    void drainTo(Consumer<PlatformName> wake) {
        noted.removeIf(platform -> {
            wake.accept(platform);
            return true;
        });
    }
}
