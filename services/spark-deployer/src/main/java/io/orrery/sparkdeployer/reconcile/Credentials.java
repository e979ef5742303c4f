package io.orrery.sparkdeployer.reconcile;

import java.util.Map;
import java.util.Optional;

/** Mounted credentials, by the names that documents call them. */
@FunctionalInterface
public interface Credentials {

    /** Its entries; empty if nothing of this name is mounted here. Read anew each time, as mounts change. */
    Optional<Map<String, String>> find(String name);
}
