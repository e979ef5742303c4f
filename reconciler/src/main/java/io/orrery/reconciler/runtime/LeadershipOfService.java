package io.orrery.reconciler.runtime;

import io.orrery.contracts.Topics;
import io.orrery.reconciler.kafka.TopicKeeper;
import io.orrery.reconciler.leadership.Leadership;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts and stops with the service: first the topics are looked after, then the replica stands for leadership. */
@ApplicationScoped
public class LeadershipOfService {

    private static final Logger LOG = Logger.getLogger(LeadershipOfService.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CuratorFramework zookeeper;
    private final Map<String, Object> kafka;
    private final Leadership leadership;
    private final Office office;
    private final Thread beginning;

    LeadershipOfService(
            Office office,
            CuratorFramework zookeeper,
            @KafkaSettings Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "orrery.address") String address) {
        this.office = office;
        this.zookeeper = zookeeper;
        this.kafka = kafka;
        this.leadership = new Leadership(zookeeper, service, address, PAUSE, office);
        this.beginning = Thread.ofVirtual().name("beginning").unstarted(this::begin);
    }

    void start(@Observes StartupEvent event) {
        beginning.start();
    }

    void stop(@Observes ShutdownEvent event) {
        beginning.interrupt();
        leadership.close();
        zookeeper.close();
    }

    /** Whether this replica leads, and has begun to. */
    public boolean isLeading() {
        return office.isLeading();
    }

    /** Base URL of the leader's REST API, if there is a leader. */
    public Optional<String> leader() {
        return leadership.leader();
    }

    void resign() {
        leadership.resign();
    }

    private void begin() {
        try {
            keepTopics();
            zookeeper.start();
            leadership.stand();
        } catch (TopicKeeper.WrongTopicException e) {
            LOG.errorf("refusing to start: %s", e.getMessage());
            Quarkus.asyncExit(1);
        } catch (InterruptedException e) {
            LOG.debug("stopped before the beginning");
        }
    }

    private void keepTopics() throws InterruptedException {
        while (true) {
            try (var admin = Admin.create(kafka)) {
                new TopicKeeper(admin).keep(Topics.ALL);
                return;
            } catch (ExecutionException e) {
                LOG.warnf("Kafka does not answer yet: %s", e.getCause().getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }
}
