package io.orrery.jobtracker.registry;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A replica is killed at each of its calls to the stores in turn, before the call is done or after. Another one takes
 * over: nothing acknowledged is lost, nothing is half there, what was asked for can be asked for again, and in the end
 * nothing is left that nobody refers to.
 */
abstract class Crashes {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Duration LONG_AGO = RETENTION.plusDays(2);

    private String backend;
    private Caller caller;
    private LaterClock clock;
    private Doom doom;
    private Registry first;
    private Registry next;

    abstract JobStore jobs();

    abstract BodyStore bodies();

    /** Which of the two moments of a call are tried: before it is done, or after. */
    abstract List<Boolean> moments(int call);

    @Test
    void losesNothingWhenKilledWhilePosting() {
        killed(() -> {}, () -> first.create(caller, large()), () -> {
            if (next.findWhole(id("j-large")).isEmpty()) {
                next.create(caller, large());
            }
            assertThat(whole(next, "j-large")).isEqualTo(large());
        });
    }

    @Test
    void losesNothingWhenKilledWhilePatching() {
        var patch =
                json("{\"results_metadata\": {\"geometry\": \"" + "b".repeat(5_000) + "\"}, \"status\": \"queued\"}");
        killed(() -> first.create(caller, large()), () -> first.patch(caller, id("j-large"), patch), () -> {
            var patched = Merge.of(large(), patch);
            assertThat(whole(next, "j-large")).isIn(large(), patched);
            next.patch(caller, id("j-large"), patch);
            assertThat(whole(next, "j-large")).isEqualTo(patched);
            assertThat(next.find(id("j-large")).orElseThrow().history()).hasSize(2);
        });
    }

    @Test
    void losesNothingWhenKilledWhileDeleting() {
        killed(() -> first.create(caller, large()), () -> first.delete(caller, id("j-large")), this::deleteAgain);
    }

    @Test
    void losesNothingWhenKilledWhileArchiving() {
        killed(this::oldJobs, () -> first.archive(backend, RETENTION), () -> {
            checkOldJobs();
            archiveAll(next);
            checkOldJobs();
            assertThat(jobsOf(next)).isEmpty();
        });
    }

    @Test
    void losesNothingWhenKilledWhilePatchingAJobOfTheArchive() {
        var patch = json("{\"costs\": 7}");
        killed(this::archivedJobs, () -> first.patch(caller, id("j-large"), patch), () -> {
            checkOldJobs();
            next.patch(caller, id("j-large"), patch);
            clock.forward(LONG_AGO);
            archiveAll(next);
            checkOldJobs();
            assertThat(whole(next, "j-large").path("costs").asInt()).isEqualTo(7);
        });
    }

    @Test
    void losesNothingWhenKilledWhileDeletingAJobOfTheArchive() {
        killed(this::archivedJobs, () -> first.delete(caller, id("j-large")), () -> {
            deleteAgain();
            clock.forward(LONG_AGO);
            archiveAll(next);
            assertThat(next.findWhole(id("j-large"))).isEmpty();
        });
    }

    @Test
    void losesNothingWhenKilledWhileCollecting() {
        Runnable garbage = () -> {
            first.create(caller, large());
            bodies().put(BodyKey.of(backend, id("j-large"), new byte[1]).toString(), new byte[1]);
            bodies().put(BodyKey.of(backend, id("j-none"), new byte[2]).toString(), new byte[2]);
            bodies().put(Archivist.prefix(backend) + "unfinished", new byte[3]);
            clock.forward(LONG_AGO);
        };
        killed(garbage, () -> first.collect(), () -> assertThat(whole(next, "j-large"))
                .isEqualTo(large()));
    }

    @Test
    void leavesNothingWhenKilledWhileRemovingABackend() {
        Runnable jobs = () -> {
            archivedJobs();
            first.create(caller, named(large(), "j-another"));
        };
        killed(jobs, () -> first.removeBackend(backend), () -> {
            next.removeBackend(backend);
            assertThat(jobsOf(next)).isEmpty();
            assertThat(kept(BodyKey.prefix(backend))).isEmpty();
            assertThat(kept(Archivist.prefix(backend))).isEmpty();
        });
    }

    /** The whole of it for each call that {@code act} makes, and once more to its end. */
    private void killed(Runnable before, Runnable act, Runnable after) {
        var survived = false;
        for (var call = 1; !survived; call++) {
            for (var done : moments(call)) {
                survived = survives(call, done, before, act);
                after.run();
                checkNothingIsLeft();
            }
        }
    }

    private boolean survives(int call, boolean done, Runnable before, Runnable act) {
        backend = "b-" + UUID.randomUUID();
        caller = new Caller("openeo", Set.of(backend));
        clock = new LaterClock();
        doom = new Doom();
        first = opened(doom.of(jobs()), doom.of(bodies()));
        before.run();
        doom.await(call, done);
        try {
            act.run();
        } catch (Doom.Killed | StoreException e) {
            assertThat(doom.hasCome()).isTrue();
        }
        next = opened(jobs(), bodies());
        return !doom.hasCome();
    }

    private Registry opened(JobStore jobs, BodyStore bodies) {
        var registry = new Registry(jobs, bodies, clock);
        registry.open();
        await().atMost(DEADLINE).pollDelay(Duration.ZERO).until(registry::isLoaded);
        return registry;
    }

    private void oldJobs() {
        first.create(caller, large());
        first.create(caller, named(job("x", backend, "anna"), "j-small"));
        first.create(caller, named(large(), "j-deleted"));
        Stream.of("j-large", "j-small")
                .forEach(name -> first.patch(caller, id(name), json("{\"status\": \"finished\"}")));
        first.delete(caller, id("j-deleted"));
        clock.forward(LONG_AGO);
    }

    private void archivedJobs() {
        oldJobs();
        archiveAll(first);
    }

    private void checkOldJobs() {
        assertThat(whole(next, "j-small").path("status").asText()).isEqualTo("finished");
        assertThat(whole(next, "j-large").path("process")).isEqualTo(large().path("process"));
        assertThat(next.findWhole(id("j-deleted"))).isEmpty();
    }

    private void deleteAgain() {
        if (next.findWhole(id("j-large")).isPresent()) {
            next.delete(caller, id("j-large"));
        }
        assertThat(next.findWhole(id("j-large"))).isEmpty();
    }

    private void archiveAll(Registry registry) {
        while (registry.archive(backend, RETENTION) > 0) {
            assertThat(registry.isLoaded()).isTrue();
        }
    }

    private void checkNothingIsLeft() {
        clock.forward(LONG_AGO);
        var unused = next.collect();
        var referredTo = jobsOf(next)
                .flatMap(job -> job.body().stream())
                .map(Job.Body::key)
                .collect(Collectors.toSet());
        assertThat(kept(BodyKey.prefix(backend))).isEqualTo(referredTo);
        assertThat(kept(Archivist.prefix(backend))).isEqualTo(next.segments(backend));
        next.removeBackend(backend);
    }

    private Set<String> kept(String prefix) {
        try (var kept = bodies().list(prefix)) {
            return kept.map(BodyStore.Kept::key).collect(Collectors.toSet());
        }
    }

    private Stream<Job> jobsOf(Registry registry) {
        return registry.ids().flatMap(id -> registry.known(id).stream()).filter(job -> job.backendId()
                .equals(backend));
    }

    private ObjectNode whole(Registry registry, String name) {
        return registry.findWhole(id(name)).map(Job::document).orElseThrow();
    }

    private ObjectNode large() {
        var document = named(job("x", backend, "anna"), "j-large");
        document.putObject("process").put("process_graph", "a".repeat(5_000));
        return document;
    }

    private ObjectNode named(ObjectNode document, String name) {
        return document.put("job_id", id(name));
    }

    private String id(String name) {
        return name + "-" + backend;
    }
}
