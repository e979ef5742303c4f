package io.orrery.jobtracker.legacy;

import static io.orrery.jobtracker.Samples.NOON;
import static io.orrery.jobtracker.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.InMemoryBodies;
import io.orrery.jobtracker.registry.InMemoryJobs;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.registry.RegistryException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyNodeTest {

    private static final String FINISHED = """
            {"job_id": "j-1", "user_id": "anna@example.org", "status": "finished", "api_version": "1.1",
             "specification": "{\\"process_graph\\": {\\"load\\": {\\"x\\": 1.10}}, \\"job_options\\": {\\"driver-memory\\": \\"4g\\"}}",
             "application_id": "a-1", "created": "2021-05-01T10:00:00Z", "updated": "2021-05-01T12:00:00Z",
             "started": "2021-05-01T11:00:00Z", "finished": "2021-05-01T12:00:00Z", "title": null,
             "dependency_usage": "1.5", "geometry": {"type": "Point"}, "bbox": [1, 2, 3, 4], "epsg": 4326,
             "proj:shape": [10, 20], "links": [], "usage": {"cpu": {"value": 1, "unit": "cpu-seconds"}},
             "memory_time_megabyte_seconds": 5, "something_else": true}
            """;

    @Test
    void readsAJobWithItsResultsAtTheTop() {
        var job = read(FINISHED);

        assertThat(job.document()).isEqualTo(json("""
                {"backend_id": "demo", "job_id": "j-1", "user_id": "anna@example.org", "status": "finished",
                 "api_version": "1.1", "process": {"process_graph": {"load": {"x": 1.10}}},
                 "job_options": {"driver-memory": "4g"}, "application_id": "a-1", "created": "2021-05-01T10:00:00Z",
                 "updated": "2021-05-01T12:00:00Z", "started": "2021-05-01T11:00:00Z",
                 "finished": "2021-05-01T12:00:00Z", "title": null, "dependency_usage": "1.5",
                 "usage": {"cpu": {"value": 1, "unit": "cpu-seconds"}}, "memory_time_megabyte_seconds": 5,
                 "results_metadata": {"geometry": {"type": "Point"}, "bbox": [1, 2, 3, 4], "epsg": 4326,
                                      "proj:shape": [10, 20], "links": []}}
                """));
        assertThat(job.history())
                .extracting(Transition::status, Transition::at)
                .containsExactly(
                        tuple(JobStatus.CREATED, Instant.parse("2021-05-01T10:00:00Z")),
                        tuple(JobStatus.FINISHED, Instant.parse("2021-05-01T12:00:00Z")));
    }

    @Test
    void whatItReadsTheRegistryTakes() {
        var registry = new Registry(new InMemoryJobs(), new InMemoryBodies(), Clock.fixed(NOON, ZoneOffset.UTC));
        registry.open();

        assertThat(registry.adopt(read(FINISHED))).isTrue();
        assertThat(registry.adopt(read(FINISHED))).isFalse();
        registry.patch(new Caller("openeo", Set.of("demo")), "j-1", json("{\"costs\": 2}"));
        assertThat(registry.findWhole("j-1")
                        .orElseThrow()
                        .document()
                        .path("results_metadata")
                        .path("epsg")
                        .asInt())
                .isEqualTo(4326);
    }

    @Test
    void callsAJobCreatedThatHadBeenSubmitted() {
        var job = read("{\"job_id\": \"j-1\", \"user_id\": \"anna\", \"status\": \"submitted\"}");

        assertThat(job.status()).isEqualTo(JobStatus.CREATED);
        assertThat(job.document().path("status").asText()).isEqualTo("created");
    }

    @Test
    void takesAJobWhoseSpecificationWasTooLargeWithoutIt() {
        var job = read("{\"job_id\": \"j-1\", \"user_id\": \"anna\", \"status\": \"error\","
                + " \"specification\": \"<ZkStrippedSpecification> 12345 bytes\"}");

        assertThat(job.document().has("process")).isFalse();
        assertThat(job.status()).isEqualTo(JobStatus.ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"job_id\": \"j-1\"",
                "{\"job_id\": \"j-1\", \"user_id\": \"anna\", \"status\": \"lost\"}",
                "{\"job_id\": \"j-1\", \"user_id\": \"anna\", \"status\": \"error\", \"specification\": \"{\"}"
            })
    void saysWhyItCannotRead(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(400))
                .message()
                .isNotBlank();
    }

    private static Job read(String text) {
        return LegacyNode.read(text.getBytes(UTF_8), "demo", NOON);
    }
}
