package io.orrery.jobtracker.events;

import io.orrery.contracts.Topics;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells every transition of every job, in order for each job, whoever made it: on this replica or another, by the
 * tracker or a client. What has been told is read back from the topic, so that a new leader goes on where the former
 * one ended. A former leader that has not noticed yet may tell an event again; its sequence shows that.
 */
@ApplicationScoped
public class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Registry registry;
    private final JobTopic topic;
    private final Clock clock;
    private final Set<String> waiting = new LinkedHashSet<>();
    private Optional<Thread> term = Optional.empty();

    Announcer(Registry registry, JobTopic topic, Clock clock) {
        this.registry = registry;
        this.topic = topic;
        this.clock = clock;
        registry.onChange(this::changed);
    }

    /** Begins to tell; first what nobody has told yet. Does nothing if it has begun. */
    public synchronized void begin() {
        if (term.isEmpty()) {
            term = Optional.of(Thread.ofPlatform().daemon().name("announcer").start(this::announce));
        }
    }

    /** Ends; does nothing if it has not begun. An event that is on its way may still arrive. */
    public synchronized void end() {
        term.ifPresent(Thread::interrupt);
        term = Optional.empty();
        waiting.clear();
    }

    /** Who waits for Kafka may swallow the interruption, so it is not relied on. */
    private synchronized void checkTerm() throws InterruptedException {
        if (term.filter(Thread.currentThread()::equals).isEmpty()) {
            throw new InterruptedException("the term is over");
        }
    }

    private synchronized void changed(Job job) {
        if (term.isPresent()) {
            waiting.add(job.id());
            notifyAll();
        }
    }

    private void announce() {
        try {
            while (!registry.isLoaded() || !isCaughtUp()) {
                checkTerm();
                Thread.sleep(PAUSE.toMillis() / 10);
            }
            registry.everything().forEach(this::changed);
            while (true) {
                tell(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer telling of jobs");
        }
    }

    private boolean isCaughtUp() {
        try {
            return topic.isCaughtUp();
        } catch (RuntimeException e) {
            LOG.debug("Kafka does not answer", e);
            return false;
        }
    }

    private synchronized String next() throws InterruptedException {
        checkTerm();
        while (waiting.isEmpty()) {
            wait();
        }
        var jobId = waiting.iterator().next();
        waiting.remove(jobId);
        return jobId;
    }

    private void tell(String jobId) throws InterruptedException {
        while (true) {
            checkTerm();
            try {
                registry.known(jobId).ifPresent(this::tell);
                return;
            } catch (RuntimeException e) {
                LOG.warnf("cannot tell of %s: %s; it will be tried again", jobId, e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    private void tell(Job job) {
        var since = clock.instant().minus(Topics.JOBS.retention().orElseThrow());
        JobEvents.after(topic.told(JobEvents.key(job)), job, since).forEach(topic::tell);
    }
}
