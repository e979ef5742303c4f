package io.orrery.sparkdeployer.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this service is run. */
@ConfigMapping(prefix = "orrery.spark-deployer")
interface SparkDeployerConfig {

    /** Between two looks at what is under way. */
    @WithDefault("500ms")
    Duration poll();

    /** How long openEO may take to answer before the platform counts as degraded. */
    @WithDefault("5m")
    Duration patience();

    /** How long an API server may be unreachable at removal before what is in the cluster is given up. */
    @WithDefault("10m")
    Duration giveUp();

    Catalogue catalogue();

    /** Catalogues that documents name by URL. */
    interface Catalogue {

        @WithDefault("30s")
        Duration timeout();

        /** In bytes. A larger one does not fit into a ConfigMap, even compressed. */
        @WithDefault("8388608")
        int limit();
    }
}
