package io.orrery.reconciler.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where ZooKeeper is, and how soon it takes us for dead. */
@ConfigMapping(prefix = "orrery.zookeeper")
public interface ZooKeeperConfig {

    /** {@code host:port}, several separated by commas. */
    @WithDefault("localhost:2181")
    String connect();

    /** A leader that is silent for so long is replaced. */
    @WithDefault("10s")
    Duration sessionTimeout();

    @WithDefault("5s")
    Duration connectionTimeout();
}
