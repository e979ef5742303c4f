package io.orrery.reconciler.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service's loop runs. */
@ConfigMapping(prefix = "orrery.loop")
public interface LoopConfig {

    /** Between two looks at a platform with which nothing happens; jittered by a fifth. */
    @WithDefault("30s")
    Duration resync();

    @WithDefault("1s")
    Duration firstRetry();

    @WithDefault("5m")
    Duration longestRetry();

    /** How many platforms are worked on at once. */
    @WithDefault("16")
    int parallelism();

    /** How long a stopping service waits for what is under way. */
    @WithDefault("10s")
    Duration grace();
}
