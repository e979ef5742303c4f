package io.orrery.jobtracker;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.runtime.LeadershipOfService;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Moves old jobs into the archive and takes out the rubbish, from time to time, on the leader. */
@ApplicationScoped
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private final Registry registry;
    private final Facts facts;
    private final LeadershipOfService leadership;

    Upkeep(Registry registry, Facts facts, LeadershipOfService leadership) {
        this.registry = registry;
        this.facts = facts;
        this.leadership = leadership;
    }

    @Scheduled(
            every = "${orrery.job-tracker.upkeep}",
            delayed = "${orrery.job-tracker.upkeep}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keepUp() {
        if (!leadership.isLeading() || !registry.isLoaded()) {
            return;
        }
        try {
            facts.names().forEach(this::archive);
            registry.collect();
        } catch (StoreException e) {
            LOG.warnf("%s; old jobs and rubbish are seen to next time", e.getMessage());
        }
    }

    private void archive(PlatformName name) {
        facts.about(name)
                .platform()
                .filter(platform -> !platform.removing())
                .map(Upkeep::retention)
                .ifPresent(retention -> archive(name, retention));
    }

    private void archive(PlatformName name, Duration retention) {
        var moved = 0;
        for (var more = 1; more > 0 && leadership.isLeading(); moved += more) {
            more = registry.archive(name.value(), retention);
        }
        if (moved > 0) {
            LOG.infof("%d jobs of %s are over for longer than %s and are in the archive now", moved, name, retention);
        }
    }

    private static Duration retention(PlatformStatus platform) {
        return platform.document().spec().jobs().retention();
    }
}
