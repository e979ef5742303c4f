package io.orrery.sparkdeployer.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Remains;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The Kubernetes cluster that a platform's workloads run in. */
public interface Cluster {

    /**
     * Where to look.
     *
     * @param wanted the objects that matter, whoever they belong to
     */
    record Scope(Uid uid, String jobs, String operator, Collection<ObjectKey> wanted) {}

    /** A call went wrong. What can be done about it is the difference between the cases. */
    abstract sealed class ClusterException extends Exception {
        private static final long serialVersionUID = 1;

        ClusterException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Nobody answered, or the server cannot at the moment: try again. */
    final class UnreachableException extends ClusterException {
        private static final long serialVersionUID = 1;

        public UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The server does not take it as it is: a person has to mend something. */
    final class RefusedException extends ClusterException {
        private static final long serialVersionUID = 1;

        public RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Somebody else's object, or field, stands in the way. */
    final class ConflictException extends ClusterException {
        private static final long serialVersionUID = 1;

        public ConflictException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An HTTP answer through the API server's service proxy; the body is a missing node if it is not JSON. */
    record Answer(int status, JsonNode body) {}

    Observed observe(Scope scope) throws ClusterException;

    Optional<GenericKubernetesResource> find(ObjectKey key) throws ClusterException;

    /**
     * What is left of a platform.
     *
     * @param backendId by which its batch jobs are known in namespaces that are not ours
     */
    Remains remains(Uid uid, String backendId) throws ClusterException;

    /** Makes an object. An object that stands under its name already is not taken over: {@link ConflictException}. */
    void create(GenericKubernetesResource object) throws ClusterException;

    /** Puts our fields right, whoever wrote them last; leaves those of others. */
    void update(GenericKubernetesResource object) throws ClusterException;

    /** That it is gone already is no error. */
    void delete(ObjectKey key) throws ClusterException;

    /** Asks a service in the cluster, through the API server. A service nobody stands behind answers 503. */
    Answer ask(String namespace, String service, int port, String path) throws ClusterException;

    /** The last lines of a pod's log; empty if there is none (any more). */
    List<String> log(String namespace, String pod) throws ClusterException;
}
