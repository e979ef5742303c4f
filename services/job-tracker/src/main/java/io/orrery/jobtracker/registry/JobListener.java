package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;

/** Hears of every change of a job, in order for each job; may hear of the newest state only. */
@FunctionalInterface
public interface JobListener {
    void changed(Job job);
}
