package io.orrery.sparkdeployer.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import io.orrery.sparkdeployer.reconcile.Cluster.ConflictException;
import io.orrery.sparkdeployer.reconcile.Cluster.RefusedException;
import io.orrery.sparkdeployer.reconcile.Cluster.UnreachableException;
import java.util.Optional;

/** Sorts the client's exceptions by what can be done about them. */
final class Faults {

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** What is below is the client's own: for a call that had no answer it says 0 or -1. */
    private static final int CLIENT_ERROR = 400;

    @FunctionalInterface
    interface Call<T> {
        T get();
    }

    private Faults() {}

    static <T> T sorted(String what, Call<T> call) throws ClusterException {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw sorted(what, e);
        }
    }

    private static ClusterException sorted(String what, KubernetesClientException e) {
        var code = e.getCode();
        if (code < CLIENT_ERROR || code == TOO_MANY || code >= SERVER_ERROR) {
            return new UnreachableException(what + ": " + said(e), e);
        }
        if (code == CONFLICT) {
            return new ConflictException(what + ": " + said(e), e);
        }
        return new RefusedException(what + ": " + said(e), e);
    }

    private static String said(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
    }
}
