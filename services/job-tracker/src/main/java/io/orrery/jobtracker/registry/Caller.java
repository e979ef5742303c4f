package io.orrery.jobtracker.registry;

import java.util.Set;

/**
 * Who asks the registry.
 *
 * @param backends the backends whose jobs it may see and change
 */
public record Caller(String client, Set<String> backends) {
    public Caller {
        backends = Set.copyOf(backends);
    }

    boolean mayUse(String backendId) {
        return backends.contains(backendId);
    }
}
