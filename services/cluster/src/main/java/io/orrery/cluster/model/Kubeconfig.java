package io.orrery.cluster.model;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * Opens a cluster's API to an administrator.
 *
 * @param yaml the file, with keys in it
 * @param expires when the API server takes it no longer
 */
public record Kubeconfig(URI apiServer, String yaml, Instant expires) {

    public Kubeconfig {
        Objects.requireNonNull(apiServer, "apiServer");
        Objects.requireNonNull(yaml, "yaml");
        Objects.requireNonNull(expires, "expires");
    }

    @Override
    public String toString() {
        return "Kubeconfig[" + apiServer + ", until " + expires + "]";
    }
}
