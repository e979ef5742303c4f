package io.orrery.jobtracker.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.PlatformName;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.plan.JobPlan;
import io.orrery.jobtracker.plan.Reading;
import io.orrery.jobtracker.registry.Registry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Follows the jobs of one platform: what their applications say is written into the registry. */
final class Follower implements AutoCloseable {

    static final String BY = "tracker";

    private static final Logger LOG = Logger.getLogger(Follower.class);

    /** A bucket that does not answer must not keep a job from being over; its usage is lost then. */
    private static final int TRIES_FOR_RESULTS = 5;

    private final PlatformName platform;
    private final Registry registry;
    private final Supplier<Optional<Results>> results;
    private final TrackerSettings settings;
    private final Clock clock;
    private final KeyedWork work;
    private final Map<String, Instant> missingSince = new ConcurrentHashMap<>();
    private final Applications applications;

    /** @param connection is called when the connection to the cluster comes or goes */
    Follower(
            PlatformName platform,
            Registry registry,
            Applications applications,
            Supplier<Optional<Results>> results,
            TrackerSettings settings,
            Clock clock,
            Runnable connection) {
        this.platform = platform;
        this.registry = registry;
        this.results = results;
        this.settings = settings;
        this.clock = clock;
        this.work = new KeyedWork(this::look, settings.firstRetry());
        this.applications = applications;
        applications.follow(new Applications.Listener() {
            @Override
            public void changed(String jobId) {
                work.add(jobId);
            }

            @Override
            public void connection() {
                connection.run();
            }
        });
    }

    boolean isConnected() {
        return applications.isConnected();
    }

    String trouble() {
        return applications.trouble();
    }

    /** A job of this platform has changed in the registry. */
    void changed(Job job) {
        if (job.status().isActive()) {
            work.add(job.id());
        } else {
            missingSince.remove(job.id());
        }
    }

    /**
     * Looks at every job that is not over, and at every application. Most of them have nothing new; this finds the
     * applications that went without a word, and those whose state has lasted too long.
     */
    void sweep() {
        if (applications.isConnected()) {
            Stream.concat(
                            registry.active(platform.value()).map(Job::id),
                            applications.all().map(Application::jobId))
                    .distinct()
                    .forEach(work::add);
        }
    }

    private void look(String jobId, int failures) {
        var job = registry.find(jobId).filter(this::isActiveHere);
        if (job.isEmpty() || !applications.isConnected()) {
            missingSince.remove(jobId);
            return;
        }
        applicationOf(job.get())
                .ifPresentOrElse(it -> follow(job.get(), it, failures), () -> miss(job.get(), failures));
    }

    private boolean isActiveHere(Job job) {
        return job.backendId().equals(platform.value()) && job.status().isActive();
    }

    /** The one the registry names; if it names none, the newest that says it is for this job. */
    private Optional<Application> applicationOf(Job job) {
        return job.applicationId().isPresent()
                ? job.applicationId().flatMap(applications::named)
                : applications.of(job.id()).max(Application.BY_SUBMISSION);
    }

    private void follow(Job job, Application application, int failures) {
        missingSince.remove(job.id());
        var reading = read(application, job);
        var metadata = reading.status().isFinal() ? metadata(job, failures) : Optional.<ObjectNode>empty();
        registry.change(
                job.id(),
                BY,
                newest -> JobPlan.follow(newest, application, read(application, newest), metadata, clock.instant()));
    }

    private Reading read(Application application, Job job) {
        return Reading.of(application, job.status(), clock.instant(), settings.succeedingGrace());
    }

    /** Gone from the list is a suspicion; gone by name, after the grace, is a loss. */
    private void miss(Job job, int failures) {
        if (job.applicationId().isEmpty()) {
            return;
        }
        var since = missingSince.computeIfAbsent(job.id(), any -> clock.instant());
        var isOver = !since.plus(settings.lostGrace()).isAfter(clock.instant());
        if (isOver && applications.isGone(job.applicationId().get())) {
            LOG.warnf("the application %s of %s is gone", job.applicationId().get(), job.id());
            var metadata = metadata(job, failures);
            registry.change(
                    job.id(),
                    BY,
                    newest -> newest.applicationId().equals(job.applicationId())
                            ? JobPlan.lost(newest, metadata, clock.instant())
                            : Optional.empty());
            missingSince.remove(job.id());
        }
    }

    private Optional<ObjectNode> metadata(Job job, int failures) {
        var bucket = results.get();
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        try {
            return bucket.get().metadata(job);
        } catch (Results.UnreachableException e) {
            if (failures < TRIES_FOR_RESULTS) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            LOG.errorf("%s ends without usage: %s", job.id(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        applications.close();
        work.close();
    }
}
