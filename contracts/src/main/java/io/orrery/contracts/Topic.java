package io.orrery.contracts;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Kafka topic and the settings it must have. One partition: the order of all that is told on it is one order.
 *
 * @param compacted whether only the newest record of each key is kept
 * @param retention how long records are kept; empty: for ever
 */
public record Topic(String name, boolean compacted, Optional<Duration> retention) {

    public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    static Topic compacted(String name) {
        return new Topic(name, true, Optional.empty());
    }

    static Topic appended(String name, Duration retention) {
        return new Topic(name, false, Optional.of(retention));
    }

    /** The settings, in Kafka's words, that a topic is created with and refused without. */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put("cleanup.policy", policy());
        settings.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        retention.ifPresent(time -> settings.put("retention.ms", Long.toString(time.toMillis())));
        return settings;
    }

    private String policy() {
        if (!compacted) {
            return "delete";
        }
        return retention.isPresent() ? "compact,delete" : "compact";
    }

    @Override
    public String toString() {
        return name;
    }
}
