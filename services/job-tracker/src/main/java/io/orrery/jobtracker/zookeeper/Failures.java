package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.registry.JobStore.StoreException;
import org.apache.zookeeper.KeeperException;

/** ZooKeeper's failures in the registry's words. */
final class Failures {

    private Failures() {}

    static RuntimeException of(String what, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (e instanceof RuntimeException unchecked && !(e.getCause() instanceof KeeperException)) {
            return unchecked;
        }
        return new StoreException("cannot " + what + ": " + e.getMessage(), e);
    }
}
