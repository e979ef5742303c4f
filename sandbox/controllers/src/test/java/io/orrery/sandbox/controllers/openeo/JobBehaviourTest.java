package io.orrery.sandbox.controllers.openeo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.sandbox.controllers.kubelet.Exit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobBehaviourTest {

    private static final Duration USUAL = Duration.ofSeconds(2);

    private static JobSpecification job(String graph) throws StartFailure {
        return JobSpecification.read(("{\"process_graph\": " + graph + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void endsWellAfterTheUsualTime() throws Exception {
        assertThat(JobBehaviour.of(Map.of(), job("{}"), USUAL)).isEqualTo(new JobBehaviour(USUAL, Exit.COMPLETED));
    }

    @Test
    void followsTheProcessesOfTheSandbox() throws Exception {
        var job = job("""
                {"a": {"process_id": "sandbox_run", "arguments": {"seconds": 0.5}},
                 "b": {"process_id": "sandbox_fail", "arguments": {"exit_code": 137}}}
                """);

        assertThat(JobBehaviour.of(Map.of(), job, USUAL))
                .isEqualTo(new JobBehaviour(Duration.ofMillis(500), Exit.OUT_OF_MEMORY));
    }

    @Test
    void takesAnnotationsBeforeTheGraph() throws Exception {
        var job = job("{\"b\": {\"process_id\": \"sandbox_fail\", \"arguments\": {}}}");

        assertThat(JobBehaviour.of(Map.of(JobBehaviour.DURATION, "PT1H", JobBehaviour.EXIT_CODE, "0"), job, USUAL))
                .isEqualTo(new JobBehaviour(Duration.ofHours(1), Exit.COMPLETED));
        assertThat(JobBehaviour.of(Map.of(), job, USUAL).exit()).isEqualTo(Exit.error(1));
    }

    @Test
    void refusesASpecificationWithoutAGraph() {
        assertThatThrownBy(() -> JobSpecification.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("process_graph");
    }
}
