package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import java.util.List;

/** The topic of job events. */
interface JobTopic {

    /**
     * Begins a term: whoever told events before can tell no more of them, and all that stands on the topic is known.
     * Blocks until then.
     *
     * @throws RuntimeException if Kafka does not answer
     */
    Term begin() throws InterruptedException;

    /** The right to tell events, until somebody else begins a term. For one thread. */
    interface Term extends AutoCloseable {

        /** The sequence of the newest event that stands on the topic, by {@link JobEvents#key}; 0 if there is none. */
        long told(String key);

        /**
         * Returns once Kafka has acknowledged all of them.
         *
         * @throws TermOverException if they may stand or not, and only the next term can know
         * @throws RuntimeException if none of them stands; they may be told again
         */
        void tell(List<JobEvent> events);

        @Override
        void close();
    }

    /** Nothing more can be told in this term. */
    final class TermOverException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TermOverException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
