package io.orrery.reconciler.runtime;

import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.kafka.Intake;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * Ready means: everything that was told before is known here, Kafka and ZooKeeper answer, and the leader reaches the
 * cloud or cluster of at least one of its platforms. When one of them is gone the service is live and not ready, and
 * becomes ready by itself when it is back.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class Readiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Readiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Intake intake;
    private final CuratorFramework zookeeper;
    private final Facts facts;
    private final Reach reach;
    private volatile boolean caughtUp;
    private volatile boolean kafkaAnswers;

    Readiness(Intake intake, CuratorFramework zookeeper, Facts facts, Reach reach) {
        this.intake = intake;
        this.zookeeper = zookeeper;
        this.facts = facts;
        this.reach = reach;
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
        var platformsAnswer = !reach.isNowhere(wanted());
        return HealthCheckResponse.named("caught up")
                .status(caughtUp && kafkaAnswers && zookeeperAnswers && platformsAnswer)
                .withData("caught up", caughtUp)
                .withData("Kafka answers", kafkaAnswers)
                .withData("ZooKeeper answers", zookeeperAnswers)
                .withData("clouds or clusters answer", platformsAnswer)
                .build();
    }

    private Set<PlatformName> wanted() {
        return facts.names().stream()
                .filter(name -> facts.about(name).platform().isPresent())
                .collect(Collectors.toSet());
    }
}
