package io.orrery.jobtracker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.jobtracker.events.Announcer;
import io.orrery.jobtracker.reconcile.Followers;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.zookeeper.ZooKeeperClients;
import io.orrery.jobtracker.zookeeper.ZooKeeperJobs;
import io.orrery.reconciler.runtime.LeadershipOfService;
import io.orrery.reconciler.runtime.Waker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.curator.framework.CuratorFramework;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Starts and stops what every replica does, and what only the leader does. Ready when all jobs are loaded. */
@Readiness
@ApplicationScoped
class Housekeeping implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final CuratorFramework zookeeper;
    private final ZooKeeperJobs jobs;
    private final ZooKeeperClients clients;
    private final Registry registry;
    private final LeadershipOfService leadership;
    private final Waker waker;
    private final Followers followers;
    private final Announcer announcer;
    private final Changes changes;
    private final MeterRegistry meters;
    private final FunctionCounter stickies;
    private final Thread beginning;

    Housekeeping(
            @JobsZooKeeper CuratorFramework zookeeper,
            ZooKeeperJobs jobs,
            ZooKeeperClients clients,
            Registry registry,
            LeadershipOfService leadership,
            Waker waker,
            Followers followers,
            Announcer announcer,
            Changes changes,
            MeterRegistry meters) {
        this.zookeeper = zookeeper;
        this.jobs = jobs;
        this.clients = clients;
        this.registry = registry;
        this.leadership = leadership;
        this.waker = waker;
        this.followers = followers;
        this.announcer = announcer;
        this.changes = changes;
        this.beginning = Thread.ofVirtual().name("loading jobs").unstarted(this::load);
        this.meters = meters;
        this.stickies = FunctionCounter.builder("orrery.registry.sticky", registry, Registry::stickies)
                .description("patches that said another status of a job that was over")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        zookeeper.start();
        beginning.start();
    }

    void stop(@Observes ShutdownEvent event) {
        // Or a registry that begins in this process later would be counted in the name of this one.
        meters.remove(stickies);
        beginning.interrupt();
        announcer.end();
        followers.close();
        clients.close();
        jobs.close();
        zookeeper.close();
    }

    /** A cache that begins without a connection takes the silence for an empty registry. */
    private void load() {
        try {
            zookeeper.blockUntilConnected();
            clients.open();
            registry.open();
        } catch (InterruptedException e) {
            LOG.debug("stopped before the jobs were loaded");
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (leadership.isLeading()) {
            announcer.begin();
            changes.drainTo(waker::wake);
        } else {
            announcer.end();
            followers.close();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("jobs loaded")
                .status(registry.isLoaded())
                .build();
    }
}
