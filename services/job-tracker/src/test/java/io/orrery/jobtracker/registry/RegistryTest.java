package io.orrery.jobtracker.registry;

import static io.orrery.jobtracker.Samples.NOON;
import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Change;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.query.QueryReader;
import io.orrery.jobtracker.query.Search;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final Caller DEMO = new Caller("openeo-demo", Set.of("demo"));
    private static final Caller OTHER = new Caller("openeo-other", Set.of("other"));

    private final InMemoryJobs store = new InMemoryJobs();
    private final InMemoryBodies bodies = new InMemoryBodies(CLOCK);
    private final Registry registry = new Registry(store, bodies, CLOCK);

    @BeforeEach
    void open() {
        registry.open();
    }

    @Test
    void findsAJobAtOnceAndShowsItAsItCame() {
        var document = job("j-1", "demo", "anna@example.org");

        assertThat(registry.create(DEMO, document)).isEqualTo(document);

        assertThat(registry.search(DEMO, byId("j-1"))).containsExactly(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"process_graph\": {\"n\": {\"arguments\": {\"x\": 1.10, \"y\": 123456789012345678901234567890.5, \"z\": null}}}}",
                "\"{\\\"process_graph\\\":{}}\""
            })
    void keepsAProcessAsTextOrObjectWithEveryDigit(String process) {
        var document = json(job("j-1", "demo", "anna")
                .toString()
                .replace("{\"process_graph\":{\"load\":{\"process_id\":\"load_collection\"}}}", process));
        registry.create(DEMO, document);

        assertThat(registry.search(DEMO, byId("j-1")).getFirst().toString()).isEqualTo(document.toString());
    }

    @Test
    void refusesAnIdThatIsTakenAlsoByAnotherBackend() {
        registry.create(DEMO, job("j-1", "demo", "anna"));

        assertStatus(409, () -> registry.create(DEMO, job("j-1", "demo", "anna")));
        assertStatus(409, () -> registry.create(OTHER, job("j-1", "other", "anna")));
    }

    @Test
    void namesEverythingThatIsWrongWithADocument() {
        var wrong = json(
                "{\"job_id\": \"\", \"user_id\": 7, \"created\": \"yesterday\", \"dependencies\": {}, \"colour\": 1}");

        assertThatThrownBy(() -> registry.create(DEMO, wrong)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.message())
                    .isEqualTo(List.of(
                            "job_id should not be empty",
                            "backend_id should not be empty",
                            "user_id must be a string",
                            "created must be a valid ISO 8601 date string",
                            "dependencies must be an array",
                            "property colour should not exist"));
        });
    }

    @Test
    void mergesObjectsReplacesArraysAndKeepsNull() {
        registry.create(DEMO, job("j-1", "demo", "anna"));
        registry.patch(
                DEMO,
                "j-1",
                json(
                        "{\"usage\": {\"cpu\": {\"value\": 1, \"unit\": \"s\"}}, \"dependencies\": [{\"a\": 1}, {\"b\": 2}]}"));

        var merged = registry.patch(
                DEMO,
                "j-1",
                json(
                        "{\"usage\": {\"cpu\": {\"value\": 2}, \"memory\": {\"value\": 3}}, \"dependencies\": [{\"c\": 3}], \"title\": null}"));

        assertThat(merged.path("usage"))
                .isEqualTo(json("{\"cpu\": {\"value\": 2, \"unit\": \"s\"}, \"memory\": {\"value\": 3}}"));
        assertThat(merged.path("dependencies").toString()).isEqualTo("[{\"c\":3}]");
        assertThat(merged.get("title").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job_id", "backend_id", "user_id", "parent_id", "process", "job_options", "deleted"})
    void refusesToPatchWhatIsSaidOnce(String field) {
        registry.create(DEMO, job("j-1", "demo", "anna"));

        assertStatus(400, () -> registry.patch(DEMO, "j-1", json("{\"" + field + "\": null}")));
    }

    @Test
    void aFinalStatusStaysAndTheRestOfThePatchIsMerged() {
        registry.create(DEMO, job("j-1", "demo", "anna"));
        registry.patch(DEMO, "j-1", json("{\"status\": \"queued\"}"));
        registry.patch(DEMO, "j-1", json("{\"status\": \"canceled\"}"));

        var after = registry.patch(DEMO, "j-1", json("{\"status\": \"running\", \"costs\": 3}"));

        assertThat(after.path("status").asText()).isEqualTo("canceled");
        assertThat(after.path("costs").asInt()).isEqualTo(3);
        assertThat(registry.stickies()).isEqualTo(1);
        assertThat(registry.find("j-1").orElseThrow().history())
                .extracting(Transition::status)
                .containsExactly(JobStatus.CREATED, JobStatus.QUEUED, JobStatus.CANCELED);
    }

    @Test
    void aPatchThatIsRepeatedChangesNothing() {
        registry.create(DEMO, job("j-1", "demo", "anna"));
        registry.patch(DEMO, "j-1", json("{\"status\": \"queued\"}"));
        var writes = store.writes();

        registry.patch(DEMO, "j-1", json("{\"status\": \"queued\"}"));

        assertThat(store.writes()).isEqualTo(writes);
        assertThat(registry.find("j-1").orElseThrow().sequence()).isEqualTo(1);
    }

    @Test
    void aDeletedJobIsFoundByNobody() {
        registry.create(DEMO, job("j-1", "demo", "anna"));
        registry.delete(DEMO, "j-1");

        assertThat(registry.search(DEMO, byId("j-1"))).isEmpty();
        assertThat(registry.counts("demo")).isEmpty();
        assertStatus(404, () -> registry.patch(DEMO, "j-1", json("{\"title\": \"x\"}")));
        assertStatus(404, () -> registry.delete(DEMO, "j-1"));
        assertStatus(409, () -> registry.create(DEMO, job("j-1", "demo", "anna")));
    }

    @Test
    void nobodySeesOrChangesTheJobsOfOthers() {
        registry.create(DEMO, job("j-1", "demo", "anna"));

        assertStatus(403, () -> registry.create(OTHER, job("j-2", "demo", "anna")));
        assertStatus(403, () -> registry.patch(OTHER, "j-1", json("{\"title\": \"x\"}")));
        assertStatus(403, () -> registry.delete(OTHER, "j-1"));
        assertStatus(403, () -> registry.search(OTHER, search("{'term': {'backend_id': 'demo'}}")));
        assertThat(registry.search(OTHER, search("{'match_all': {}}"))).isEmpty();
    }

    @Test
    void listsTheNewestFirstInPages() {
        IntStream.range(0, 25).forEach(i -> registry.create(DEMO, at(i)));
        var byUser = search("{'bool': {'filter': [{'term': {'backend_id': 'demo'}}, {'term': {'user_id': 'anna'}}]}}");

        assertThat(registry.search(DEMO, byUser)).hasSize(25);
        assertThat(registry.search(DEMO, byUser, new Paging(10, 0)))
                .extracting(found -> found.path("job_id").asText())
                .startsWith("j-24", "j-23")
                .hasSize(10);
        assertThat(registry.search(DEMO, byUser, new Paging(10, 2))).hasSize(5);
        assertThat(registry.search(DEMO, byUser, new Paging(10, 3))).isEmpty();
    }

    @Test
    void findsWhatATrackerAsksForAmongJobsThatWereNeverStarted() {
        IntStream.range(0, 5).forEach(i -> registry.create(DEMO, at(i)));
        registry.create(DEMO, at(5).put("application_id", ""));
        registry.patch(DEMO, "j-1", json("{\"application_id\": \"a-1\"}"));
        registry.patch(DEMO, "j-2", json("{\"application_id\": \"a-2\", \"status\": \"running\"}"));
        registry.patch(DEMO, "j-3", json("{\"application_id\": \"a-3\", \"status\": \"finished\"}"));
        var active = "{'terms': {'status': ['created', 'queued', 'running']}}";
        var withApplication = "{'exists': {'field': 'application_id'}}";

        assertThat(ids("{'bool': {'filter': [" + active + "], 'must': " + withApplication + "}}"))
                .containsExactly("j-5", "j-2", "j-1");
        assertThat(ids("{'bool': {'filter': [" + active + "]}}")).containsExactly("j-5", "j-4", "j-2", "j-1", "j-0");
        assertThat(ids("{'bool': {'filter': [" + active + "], 'must_not': " + withApplication + "}}"))
                .containsExactly("j-4", "j-0");

        registry.patch(DEMO, "j-2", json("{\"status\": \"finished\"}"));
        registry.delete(DEMO, "j-1");

        assertThat(ids("{'bool': {'filter': [" + active + "], 'must': " + withApplication + "}}"))
                .containsExactly("j-5");
        assertThat(ids(withApplication)).containsExactly("j-5", "j-3", "j-2");
    }

    @Test
    void countsJobsByTheirStatus() {
        registry.create(DEMO, job("j-1", "demo", "anna"));
        registry.create(DEMO, job("j-2", "demo", "anna"));
        registry.patch(DEMO, "j-2", json("{\"status\": \"queued\"}"));

        assertThat(registry.counts("demo")).isEqualTo(Map.of(JobStatus.CREATED, 1L, JobStatus.QUEUED, 1L));
    }

    @Test
    void losesNoUpdateWhenTwoReplicasPatchOneJobAtOnce() {
        var replica = new Registry(store, bodies, CLOCK);
        replica.open();
        registry.create(DEMO, job("j-1", "demo", "anna"));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 500).forEach(i -> {
                var patch = json("{\"usage\": {\"n" + i + "\": {\"value\": 1}}}");
                threads.execute(() -> (i % 2 == 0 ? registry : replica).patch(DEMO, "j-1", patch));
            });
        }

        assertThat(registry.findWhole("j-1").orElseThrow().document().path("usage"))
                .hasSize(500);
        assertThat(bodies.bodies()).hasSize(1);
        assertThat(replica.find("j-1")).isEqualTo(registry.find("j-1"));
    }

    @Test
    void acknowledgesNothingThatIsNotStored() {
        store.silent(true);

        assertThatThrownBy(() -> registry.create(DEMO, job("j-1", "demo", "anna")))
                .isInstanceOf(JobStore.StoreException.class);

        assertThat(registry.search(DEMO, byId("j-1"))).isEmpty();
    }

    @Test
    void keepsTheLargePartsOfAJobElsewhereAndPutsThemBack() {
        var large = large("j-1");
        registry.create(DEMO, large);

        assertThat(bodies.bodies()).hasSize(1);
        assertThat(registry.search(DEMO, byId("j-1")).getFirst()).isEqualTo(large);
        var patched =
                registry.patch(DEMO, "j-1", json("{\"usage\": {\"cpu\": {\"value\": 1}}, \"status\": \"queued\"}"));
        assertThat(patched.path("process")).isEqualTo(large.path("process"));
        assertThat(patched.path("usage").path("cpu").path("value").asInt()).isEqualTo(1);
        assertThat(bodies.bodies()).hasSize(1);

        registry.removeBackend("demo");
        assertThat(bodies.bodies()).isEmpty();
    }

    @Test
    void refusesALargeJobIfThereIsNoRoomForIt() {
        var small = new Registry(store, new InMemoryBodies(CLOCK, 256), CLOCK);
        small.open();

        assertThatThrownBy(() -> small.create(DEMO, large("j-1")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(413))
                .hasMessageContaining("without a bucket");
        assertThat(store.writes()).isZero();
    }

    @Test
    void aJobDoesNotGrowForEverByPatches() {
        registry.create(DEMO, job("j-1", "demo", "anna"));
        var much = "x".repeat(9 * 1024 * 1024);
        for (var i = 0; i < 3; i++) {
            registry.patch(DEMO, "j-1", json("{\"results_metadata\": {\"part-" + i + "\": \"" + much + "\"}}"));
        }

        assertStatus(
                413, () -> registry.patch(DEMO, "j-1", json("{\"results_metadata\": {\"more\": \"" + much + "\"}}")));

        assertThat(registry.patch(DEMO, "j-1", json("{\"status\": \"queued\"}")).path("results_metadata"))
                .hasSize(3);
    }

    @Test
    void keepsHalfASurrogatePairInATextAndRefusesItInAnId() {
        var halved = json(job("j-1", "demo", "anna").toString().replace("Sentinel-2 of May", "\\ud800"));
        registry.create(DEMO, halved);

        assertThat(registry.search(DEMO, byId("j-1")).getFirst().path("title").asText())
                .isEqualTo("\ud800");
        assertStatus(400, () -> registry.create(DEMO, job("j-1", "demo", "anna").put("job_id", "j-\ud800")));
    }

    @Test
    void changesAJobByWhatIsTrueOfItWhenItIsWritten() {
        registry.create(DEMO, job("j-1", "demo", "anna"));

        registry.change("j-1", "tracker", newest -> {
            if (newest.status() == JobStatus.CREATED) {
                registry.patch(DEMO, "j-1", json("{\"status\": \"canceled\"}"));
            }
            return newest.status().isFinal()
                    ? Optional.empty()
                    : Optional.of(new Change(json("{\"status\": \"running\"}"), Optional.empty()));
        });

        assertThat(registry.find("j-1").orElseThrow().status()).isEqualTo(JobStatus.CANCELED);
    }

    private static ObjectNode at(int second) {
        return job("j-" + second, "demo", "anna").put("created", "2026-01-01T11:00:%02dZ".formatted(second));
    }

    private static ObjectNode large(String id) {
        var document = job(id, "demo", "anna");
        document.putObject("process").put("process_graph", "x".repeat(600 * 1024));
        return document;
    }

    private List<String> ids(String query) {
        return registry.search(DEMO, search(query)).stream()
                .map(job -> job.path("job_id").asText())
                .toList();
    }

    private static Search byId(String id) {
        return search("{'bool': {'filter': [{'term': {'backend_id': 'demo'}}, {'term': {'job_id': '" + id + "'}}]}}");
    }

    private static Search search(String query) {
        return QueryReader.read(json(("{'query': " + query + "}").replace('\'', '"')), NOON);
    }

    private static void assertStatus(int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.status())
                .isEqualTo(status));
    }
}
