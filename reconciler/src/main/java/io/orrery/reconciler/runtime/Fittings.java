package io.orrery.reconciler.runtime;

import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.kafka.LeaderTeller;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.reconciler.seal.Sealer;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes beans of what knows nothing of beans. */
@ApplicationScoped
class Fittings {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    FactTables facts() {
        return new FactTables();
    }

    @Produces
    @Singleton
    LeaderTeller teller(
            FactTables tables,
            @KafkaSettings Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Clock clock) {
        return new LeaderTeller(tables, kafka, service, clock);
    }

    @Produces
    @Singleton
    @KafkaSettings
    Map<String, Object> kafka(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers,
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    }

    /** With the keysets that are mounted for this service. */
    @Produces
    @Singleton
    Sealer sealer(@ConfigProperty(name = "orrery.keys.folder") Path folder) throws GeneralSecurityException {
        return new Sealer(new Keysets(folder));
    }

    /** Not started: {@link LeadershipOfService} does that once the topics stand. */
    @Produces
    @Singleton
    CuratorFramework zookeeper(ZooKeeperConfig config) {
        return ZooKeeperConnection.builder(config)
                .retryPolicy(new ExponentialBackoffRetry(500, 5, 5_000))
                .build();
    }
}
