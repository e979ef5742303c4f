package io.orrery.reconciler.runtime;

import io.orrery.reconciler.kafka.Intake;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * Ready means: everything that was told before is known here, and Kafka and ZooKeeper answer. When one of them is gone
 * the service is live and not ready, and becomes ready by itself when it is back.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class Readiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Readiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Intake intake;
    private final CuratorFramework zookeeper;
    private volatile boolean caughtUp;
    private volatile boolean kafkaAnswers;

    Readiness(Intake intake, CuratorFramework zookeeper) {
        this.intake = intake;
        this.zookeeper = zookeeper;
    }

    /** Once caught up, a reader that is a record behind is no reason to send requests elsewhere. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            caughtUp |= intake.caughtUp(PATIENCE);
            kafkaAnswers = true;
        } catch (RuntimeException e) {
            LOG.debug("Kafka does not answer", e);
            kafkaAnswers = false;
        }
    }

    @Override
    public HealthCheckResponse call() {
        var zookeeperAnswers = zookeeper.getZookeeperClient().isConnected();
        return HealthCheckResponse.named("caught up")
                .status(caughtUp && kafkaAnswers && zookeeperAnswers)
                .withData("caught up", caughtUp)
                .withData("Kafka answers", kafkaAnswers)
                .withData("ZooKeeper answers", zookeeperAnswers)
                .build();
    }
}
