package io.orrery.cluster.reconcile;

import io.orrery.cluster.model.Kubeconfig;

/** Kubeconfigs of clusters that others have made, by the name they are mounted under. */
public interface MountedKubeconfigs {

    /** It is not there, or cannot be used. The message says what to mend. */
    final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        public UnusableException(String message) {
            super(message);
        }
    }

    Kubeconfig read(String name) throws UnusableException;
}
