package io.orrery.monitoring.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** A platform's Kubernetes cluster, as far as monitoring needs it. */
public interface Cluster {

    /** The API server does not answer. Try again. */
    final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreachableException(Throwable cause) {
            super("the Kubernetes API does not answer: " + cause.getMessage(), cause);
        }
    }

    /** Server-side apply; may be repeated. */
    void apply(List<HasMetadata> objects);

    /** Whether as many replicas of the Deployment are ready as are wished for. */
    boolean isAvailable(String namespace, String deployment);

    /**
     * Deletes what carries the owner's mark in the namespace, and the namespace if it carries it too.
     *
     * @return whether nothing of it is left
     */
    boolean remove(String namespace, String owner);
}
