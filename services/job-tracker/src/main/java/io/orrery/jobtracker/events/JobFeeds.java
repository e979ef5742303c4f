package io.orrery.jobtracker.events;

import io.orrery.reconciler.runtime.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.OptionalLong;

/** Opens feeds of job events. */
@ApplicationScoped
public class JobFeeds {

    private final Map<String, Object> kafka;

    JobFeeds(@KafkaSettings Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** @param after the offset of the last event that the listener knows; none: only what happens from now on */
    public JobFeed open(OptionalLong after) {
        return new JobFeed(kafka, after);
    }
}
