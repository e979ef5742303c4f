package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import java.util.Optional;

/** Where jobs are kept. Whatever throws {@link StoreException} may or may not have been done. */
public interface JobStore {

    /**
     * A job as it stands in the store.
     *
     * @param version rises with every change, from 0
     */
    record Stored(Job job, int version) {}

    /** Hears of every job and change, this replica's own and the others', in order for each job. */
    interface Listener {
        void stored(Stored stored);

        void removed(String jobId);

        /** All that was there at the start has been told. */
        void loaded();
    }

    /** Begins to tell the listener. */
    void follow(Listener listener);

    /** @return empty if a job with this id, of whatever backend, is there already */
    Optional<Stored> create(Job job);

    /** Asks the store itself, which may know what the listener has not heard yet. */
    Optional<Stored> read(String jobId);

    /** @return empty if the job was changed or removed since {@code expected} */
    Optional<Stored> replace(Stored expected, Job next);

    /** Removes every job of the backend; may be called again until it succeeds. */
    void removeBackend(String backendId);

    /** The store did not answer, or answered with an error. */
    final class StoreException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public StoreException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
