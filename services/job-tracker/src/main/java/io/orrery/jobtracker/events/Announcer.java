package io.orrery.jobtracker.events;

import io.orrery.contracts.Topics;
import io.orrery.jobtracker.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells every transition of every job, exactly once and in order for each job, whoever made it: on this replica or
 * another, by the tracker or a client. What has been told is read back from the topic, so that a new leader goes on
 * where the former one ended, wherever that was.
 */
@ApplicationScoped
public class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Told in one transaction: one for each job would be the slowest part of all. */
    private static final int BATCH = 500;

    private final Registry registry;
    private final JobTopic topic;
    private final Clock clock;
    private final Set<String> waiting = new LinkedHashSet<>();
    private Optional<Thread> teller = Optional.empty();

    Announcer(Registry registry, JobTopic topic, Clock clock) {
        this.registry = registry;
        this.topic = topic;
        this.clock = clock;
        registry.onChange(job -> changed(job.id()));
    }

    /** Begins to tell; first what nobody has told yet. Does nothing if it has begun. */
    public synchronized void begin() {
        if (teller.isEmpty()) {
            teller = Optional.of(Thread.ofPlatform().daemon().name("announcer").start(this::announce));
        }
    }

    /** Ends; does nothing if it has not begun. Events that are on their way may still arrive. */
    public synchronized void end() {
        teller.ifPresent(Thread::interrupt);
        teller = Optional.empty();
        waiting.clear();
    }

    /** Who waits for Kafka may swallow the interruption, so it is not relied on. */
    private synchronized void checkIsMine() throws InterruptedException {
        if (!isMine()) {
            throw new InterruptedException("another thread tells, or none");
        }
    }

    private boolean isMine() {
        return teller.filter(Thread.currentThread()::equals).isPresent();
    }

    private synchronized void changed(String jobId) {
        if (teller.isPresent()) {
            waiting.add(jobId);
            notifyAll();
        }
    }

    private void announce() {
        try (var term = term()) {
            registry.ids().forEach(this::changed);
            while (true) {
                tell(term, next());
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer telling of jobs");
        } catch (JobTopic.TermOverException e) {
            LOG.infof("somebody else tells of jobs, or Kafka left an answer out: %s", e.getMessage());
        } finally {
            giveUp();
        }
    }

    /** Whoever leads then is asked to {@link #begin} again. */
    private synchronized void giveUp() {
        if (isMine()) {
            end();
        }
    }

    private JobTopic.Term term() throws InterruptedException {
        while (true) {
            checkIsMine();
            try {
                if (registry.isLoaded()) {
                    return topic.begin();
                }
            } catch (RuntimeException e) {
                LOG.debug("Kafka does not answer", e);
            }
            Thread.sleep(PAUSE.toMillis() / 10);
        }
    }

    private synchronized List<String> next() throws InterruptedException {
        checkIsMine();
        while (waiting.isEmpty()) {
            wait();
        }
        var jobs = waiting.stream().limit(BATCH).toList();
        jobs.forEach(waiting::remove);
        return jobs;
    }

    private void tell(JobTopic.Term term, List<String> jobs) throws InterruptedException {
        while (true) {
            checkIsMine();
            try {
                tellNow(term, jobs);
                return;
            } catch (JobTopic.TermOverException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warnf("cannot tell of %d jobs: %s; it will be tried again", jobs.size(), e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    private void tellNow(JobTopic.Term term, List<String> jobs) {
        var since = clock.instant().minus(Topics.JOBS.retention().orElseThrow());
        var events = jobs.stream()
                .flatMap(id -> registry.known(id).stream())
                .flatMap(job -> JobEvents.after(term.told(JobEvents.key(job)), job, since))
                .toList();
        if (!events.isEmpty()) {
            term.tell(events);
        }
    }
}
