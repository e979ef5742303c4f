package io.orrery.monitoring.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of this service. */
@ConfigMapping(prefix = "orrery.monitoring")
interface MonitoringConfig {

    /** How long a removal waits for an API server that does not answer. */
    @WithDefault("10m")
    Duration removalPatience();

    /** Lines of activity and of job events that are kept in memory for each platform. */
    @WithDefault("500")
    int historyLines();
}
