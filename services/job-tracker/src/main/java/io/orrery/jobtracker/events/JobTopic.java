package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;

/** The topic of job events. */
interface JobTopic {

    /** Returns once Kafka has acknowledged it; throws if it does not. */
    void tell(JobEvent event);

    /** The sequence of the newest event of a job that stands on the topic, by {@link JobEvents#key}; 0 if there is none. */
    long told(String key);

    /** Whether everything that stands on the topic now is known to {@link #told}. */
    boolean isCaughtUp();
}
