package io.orrery.reconciler.runtime;

import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.loop.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which platforms' cloud or cluster did not answer when this replica last worked on them; one that follows has none. */
@ApplicationScoped
class Reach {

    private final Set<PlatformName> unreachable = ConcurrentHashMap.newKeySet();

    void ended(PlatformName platform, Outcome outcome) {
        if (outcome instanceof Outcome.Unreachable) {
            unreachable.add(platform);
        } else {
            unreachable.remove(platform);
        }
    }

    void clear() {
        unreachable.clear();
    }

    /** Whether there is nothing that can be worked on: there are platforms, and not one of them can be reached. */
    boolean isNowhere(Set<PlatformName> platforms) {
        return !platforms.isEmpty() && unreachable.containsAll(platforms);
    }
}
