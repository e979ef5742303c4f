package io.orrery.jobtracker.registry;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Change;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import io.orrery.jobtracker.query.QueryReader;
import io.orrery.jobtracker.query.Search;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveTest {

    private static final Caller DEMO = new Caller("openeo-demo", Set.of("demo"));
    private static final Caller OTHER = new Caller("openeo-other", Set.of("other"));
    private static final Duration RETENTION = Duration.ofDays(90);

    private final LaterClock clock = new LaterClock();
    private final InMemoryJobs store = new InMemoryJobs();
    private final InMemoryBodies bodies = new InMemoryBodies(clock);
    private final Registry registry = new Registry(store, bodies, clock);
    private final Registry replica = new Registry(store, bodies, clock);

    @BeforeEach
    void open() {
        registry.open();
        replica.open();
    }

    @Test
    void findsAnOldJobByItsIdAsItWas() {
        var large = large("j-1");
        create(large);
        create(job("j-2", "demo", "anna"));
        finish("j-1", "j-2");
        archiveAll();

        assertThat(registry.ids()).isEmpty();
        assertThat(store.read("j-1")).isEmpty();
        assertThat(bodies.bodies()).isEmpty();
        assertThat(bodies.segments()).hasSize(1);
        var found = registry.search(DEMO, byId("j-1"));
        assertThat(found).containsExactly(large.deepCopy().put("status", "finished"));
        assertThat(replica.search(DEMO, byId("j-1"))).isEqualTo(found);
        assertThat(registry.findWhole("j-1").orElseThrow().history())
                .extracting(Transition::status)
                .containsExactly(JobStatus.CREATED, JobStatus.FINISHED);
    }

    @Test
    void knowsTheArchiveAfterARestart() {
        oldJob("j-1");

        var restarted = new Registry(store, bodies, clock);
        restarted.open();

        assertThat(restarted.search(DEMO, byId("j-1"))).hasSize(1);
    }

    @Test
    void searchesThatNameNoIdCoverTheQuickPartOnly() {
        oldJob("j-1");
        create(job("j-2", "demo", "anna"));

        assertThat(ids(registry.search(DEMO, search("{'term': {'user_id': 'anna'}}"))))
                .containsExactly("j-2");
        assertThat(ids(registry.search(DEMO, search("{'terms': {'job_id': ['j-1', 'j-2', 'j-3']}}"))))
                .containsExactlyInAnyOrder("j-1", "j-2");
    }

    @Test
    void anArchivedJobIsMatchedAgainstTheWholeQuery() {
        oldJob("j-1");

        assertThat(registry.search(
                        DEMO,
                        search("{'bool': {'filter': [{'term': {'job_id': 'j-1'}}, {'term': {'user_id': 'bob'}}]}}")))
                .isEmpty();
    }

    @Test
    void nobodySeesTheOldJobsOfOthers() {
        oldJob("j-1");

        assertThat(registry.search(OTHER, search("{'term': {'job_id': 'j-1'}}")))
                .isEmpty();
        assertThatThrownBy(() -> registry.patch(OTHER, "j-1", json("{\"costs\": 1}")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(403));
    }

    @Test
    void theIdOfAnOldJobStaysTaken() {
        oldJob("j-1");

        assertThatThrownBy(() -> replica.create(DEMO, job("j-1", "demo", "anna")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void anOldJobThatIsPatchedIsThereAgainAndArchivedAgainLater() {
        oldJob("j-1");

        replica.patch(DEMO, "j-1", json("{\"costs\": 3}"));

        assertThat(registry.find("j-1")).isPresent();
        archiveAll();
        assertThat(registry.find("j-1")).isEmpty();
        assertThat(bodies.segments()).hasSize(2);
        assertThat(registry.search(DEMO, byId("j-1")).getFirst().path("costs").asInt())
                .isEqualTo(3);
    }

    @Test
    void aChangeThatMeetsTheMoveIsNotLost() {
        create(large("j-1"));
        finish("j-1");
        clock.forward(RETENTION.plusDays(2));

        var moved = new AtomicInteger();
        registry.change("j-1", "tracker", newest -> {
            if (moved.get() == 0) {
                moved.set(registry.archive("demo", RETENTION));
            }
            return Optional.of(new Change(json("{\"costs\": 3}"), Optional.empty()));
        });

        assertThat(registry.findWhole("j-1").orElseThrow().document())
                .isEqualTo(large("j-1").put("status", "finished").put("costs", 3));
        assertThat(moved).hasValue(1);
    }

    @Test
    void anOldJobThatIsDeletedIsFoundByNobody() {
        oldJob("j-1");

        registry.delete(DEMO, "j-1");
        assertThat(replica.search(DEMO, byId("j-1"))).isEmpty();
        clock.forward(RETENTION.multipliedBy(2));
        archiveAll();

        assertThat(store.read("j-1")).isEmpty();
        assertThat(registry.search(DEMO, byId("j-1"))).isEmpty();
        assertThat(replica.findWhole("j-1")).isEmpty();
    }

    @Test
    void aDeletedJobIsForgottenWithoutATrace() {
        create(large("j-1"));
        registry.delete(DEMO, "j-1");
        clock.forward(RETENTION.multipliedBy(2));
        archiveAll();

        assertThat(registry.ids()).isEmpty();
        assertThat(bodies.bodies()).isEmpty();
        assertThat(bodies.segments()).isEmpty();
    }

    @Test
    void jobsThatAreNotOverStayHoweverOldTheyAre() {
        create(job("j-1", "demo", "anna"));
        clock.forward(RETENTION.multipliedBy(9));

        assertThat(registry.archive("demo", RETENTION)).isZero();
    }

    @Test
    void aFewJobsWaitADayForOthers() {
        create(job("j-1", "demo", "anna"));
        finish("j-1");
        clock.forward(RETENTION.plusHours(23));
        assertThat(registry.archive("demo", RETENTION)).isZero();
        clock.forward(Duration.ofHours(2));
        assertThat(registry.archive("demo", RETENTION)).isEqualTo(1);
    }

    @Test
    void manyJobsFillSeveralSegments() {
        IntStream.range(0, 2_500).forEach(i -> {
            create(job("j-" + i, "demo", "anna"));
            finish("j-" + i);
        });
        archiveAll();

        assertThat(bodies.segments()).hasSize(3);
        assertThat(List.of("j-0", "j-1234", "j-2499"))
                .allSatisfy(id -> assertThat(replica.search(DEMO, byId(id))).hasSize(1));
    }

    @Test
    void aSegmentIsReadByAnyToolThatKnowsGzip() throws IOException {
        oldJob("j-1");
        var segment = bodies.get(bodies.segments().iterator().next()).orElseThrow();

        try (var text = new GZIPInputStream(new ByteArrayInputStream(segment))) {
            var lines = new String(text.readAllBytes(), UTF_8).lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(json(lines.getFirst()).path("document").path("job_id").asText())
                    .isEqualTo("j-1");
        }
    }

    @Test
    void withoutABucketJobsStayWhereTheyAre() {
        var small = new Registry(store, new InMemoryBodies(clock, 100_000), clock);
        small.open();
        create(job("j-1", "demo", "anna"));
        finish("j-1");
        clock.forward(RETENTION.multipliedBy(2));

        assertThat(small.archive("demo", RETENTION)).isZero();
        assertThat(small.find("j-1")).isPresent();
    }

    private void oldJob(String id) {
        create(large(id));
        finish(id);
        archiveAll();
    }

    private void create(ObjectNode document) {
        registry.create(DEMO, document);
    }

    private void finish(String... ids) {
        for (var id : ids) {
            registry.patch(DEMO, id, json("{\"status\": \"finished\"}"));
        }
    }

    private void archiveAll() {
        clock.forward(RETENTION.plusDays(2));
        while (registry.archive("demo", RETENTION) > 0) {
            assertThat(registry.isLoaded()).isTrue();
        }
    }

    private static ObjectNode large(String id) {
        var document = job(id, "demo", "anna");
        document.putObject("process").put("process_graph", "x".repeat(10_000));
        return document;
    }

    private static List<String> ids(List<ObjectNode> found) {
        return found.stream().map(job -> job.path("job_id").asText()).toList();
    }

    private Search byId(String id) {
        return search("{'bool': {'filter': [{'term': {'backend_id': 'demo'}}, {'term': {'job_id': '" + id + "'}}]}}");
    }

    private Search search(String query) {
        return QueryReader.read(json(("{'query': " + query + "}").replace('\'', '"')), clock.instant());
    }
}
