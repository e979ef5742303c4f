package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import java.util.Optional;
import java.util.Set;

/** Where jobs are kept. Whatever throws {@link StoreException} may or may not have been done. */
public interface JobStore {

    /**
     * A job as it stands in the store.
     *
     * @param version rises with every change of this job, from 0
     * @param at rises with every change of any job: of two states the later is right, also of a job that was removed and
     *     made again
     */
    record Stored(Job job, int version, long at) {}

    /**
     * Hears of every job and change, this replica's own and the others', in order for each job. May hear of the newest
     * state only, and again of what it knows.
     */
    interface Listener {
        void stored(Stored stored);

        void removed(String jobId);

        /** Jobs have been written down in a segment; said before the first of them is removed. */
        void archived(SegmentId segment);

        void removed(SegmentId segment);

        /** All there is has been told: once at the start, and whenever something may have been missed since. */
        void loaded(Set<String> jobIds, Set<SegmentId> segments);
    }

    /** Begins to tell the listener. */
    void follow(Listener listener);

    /** @return empty if a job with this id, of whatever backend, is there already */
    Optional<Stored> create(Job job);

    /** Asks the store itself, which may know what the listener has not heard yet. */
    Optional<Stored> read(String jobId);

    /** @return empty if the job was changed or removed since {@code expected} */
    Optional<Stored> replace(Stored expected, Job next);

    /** @return whether it is gone; it is not if it was changed since {@code expected} */
    boolean remove(Stored expected);

    /** Makes it known to all replicas that the segment counts. */
    SegmentId archive(Segment segment);

    /** @return empty if it was removed with its backend */
    Optional<Segment> read(SegmentId segment);

    /** Removes every job and segment of the backend; may be called again until it succeeds. */
    void removeBackend(String backendId);

    /** The store did not answer, or answered with an error. */
    final class StoreException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public StoreException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
