package io.orrery.provisioner.reconcile;

import java.util.Optional;

/** The clouds that there are credentials for. */
@FunctionalInterface
public interface Clouds {

    /**
     * @param name as the document and clouds.yaml call it
     * @throws CloudException if there is no such entry
     */
    Cloud named(String name, Optional<String> region);
}
