package io.orrery.jobtracker.reconcile;

/** The Kubernetes clusters that can be looked into. */
@FunctionalInterface
public interface Clusters {

    /** The applications in the namespace, which nobody follows yet. */
    Applications at(String kubeconfig, String namespace);
}
