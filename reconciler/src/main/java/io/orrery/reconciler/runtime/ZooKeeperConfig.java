package io.orrery.reconciler.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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

    /**
     * A file with {@code user:password}, for ZooKeeper's digest scheme. What a service makes is then for this user only;
     * what was made before stays as it is.
     */
    Optional<Path> credentials();

    /** Encrypts the connection; {@link #connect} names secure ports then. */
    Optional<Tls> tls();

    /** Files in PEM. */
    interface Tls {
        /** Certificates that may have signed a server's. */
        Path trusted();

        /** Key and certificate of ours, where the servers ask for one. */
        Optional<Path> identity();
    }
}
