package io.orrery.cluster.reconcile;

import io.orrery.cluster.model.ClusterNode;
import io.orrery.cluster.plan.Step;
import java.util.List;
import java.util.Set;

/** The API of one cluster. Every method may throw {@link Unreachable} or {@link Refused}. */
public interface ClusterApi {

    /** It does not answer, or not now: to be tried again. The message says why, for people. */
    final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It answers, and does not let us in: a person has to look. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * All nodes, as they are now. From the first answer on, changes of them wake the platform.
     *
     * @param leaving nodes of which the pods are counted too
     */
    List<ClusterNode> nodes(Set<String> leaving);

    void carryOut(Step step);

    /** What controllers in the cluster hold in the cloud for it (load balancers, volumes), by kind, namespace and name. */
    List<String> cloudResources();

    /** Deletes these, so that the controllers give back what they hold. Does not wait for it. */
    void releaseCloudResources();
}
