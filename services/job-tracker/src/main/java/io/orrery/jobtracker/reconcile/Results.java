package io.orrery.jobtracker.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import java.util.Optional;

/** Where the jobs of one platform leave what they say about their results. */
public interface Results extends AutoCloseable {

    /** The store did not answer: worth another try. */
    final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1;

        public UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What the job has written about its results.
     *
     * @return empty if it has not written any that can be read
     */
    Optional<ObjectNode> metadata(Job job) throws UnreachableException;

    @Override
    void close();
}
