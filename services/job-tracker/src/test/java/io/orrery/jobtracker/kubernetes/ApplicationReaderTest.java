package io.orrery.jobtracker.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Application.Attempts;
import io.orrery.jobtracker.model.Application.Restarts;
import io.orrery.jobtracker.model.Application.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationReaderTest {

    @Test
    void takesWhatTrackingNeeds() {
        var read = read("""
                metadata: {name: a-1, labels: {correlation_id: j-1}}
                spec: {restartPolicy: {type: OnFailure, onFailureRetries: 1, onSubmissionFailureRetries: 5}}
                status:
                  applicationState: {state: FAILED, errorMessage: "driver pod not found"}
                  executionAttempts: 2
                  submissionAttempts: 3
                  lastSubmissionAttemptTime: "2026-01-01T11:50:00Z"
                  terminationTime: "2026-01-01T11:59:00Z"
                """);

        assertThat(read)
                .contains(new Application(
                        "a-1",
                        "j-1",
                        State.FAILED,
                        new Attempts(2, 3, new Restarts(1, 5)),
                        Optional.of(Instant.parse("2026-01-01T11:50:00Z")),
                        Optional.of(Instant.parse("2026-01-01T11:59:00Z")),
                        Optional.of("driver pod not found")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{metadata: {name: a, labels: {correlation_id: j-1}}}",
                "{metadata: {name: a}, spec: {driver: {labels: {job_id: j-1}}}}",
                "{metadata: {name: a}, spec: {driver: {env: [{name: X, value: y}, {name: OPENEO_BATCH_JOB_ID, value: j-1}]}}}",
                "{metadata: {name: a}, spec: {arguments: [/batch_jobs/j-1/job_specification.json, /batch_jobs/j-1]}}"
            })
    void findsTheJobInAnyOfThePlacesThatNameIt(String yaml) {
        assertThat(read(yaml).orElseThrow().jobId()).isEqualTo("j-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{metadata: {name: openeo}}",
                "{metadata: {name: openeo}, spec: {arguments: [x, /elsewhere/j-1], driver: {env: secret}}}"
            })
    void passesOverWhatIsNoBatchJob(String yaml) {
        assertThat(read(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{metadata: {name: a, labels: {correlation_id: j-1}}}",
                "{metadata: {name: a, labels: {correlation_id: j-1}}, status: {executionAttempts: 0}}",
                "{metadata: {name: a, labels: {correlation_id: j-1}}, status: {applicationState: {}, terminationTime: null}}",
                "{metadata: {name: a, labels: {correlation_id: j-1}}, status: {applicationState: odd, terminationTime: soon}}"
            })
    void takesAMissingOrOddStateForNew(String yaml) {
        var read = read(yaml).orElseThrow();

        assertThat(read.state()).isEqualTo(State.NEW);
        assertThat(read.terminated()).isEmpty();
    }

    @Test
    void knowsThatAlwaysHasNoEnd() {
        var read = read("{metadata: {name: a, labels: {correlation_id: j-1}}, spec: {restartPolicy: {type: Always}}}");

        assertThat(read.orElseThrow().attempts().restarts()).isEqualTo(Restarts.ALWAYS);
    }

    private static Optional<Application> read(String yaml) {
        try {
            var tree = (ObjectNode) new YAMLMapper().readTree(yaml);
            tree.put("apiVersion", "sparkoperator.k8s.io/v1beta2").put("kind", "SparkApplication");
            return ApplicationReader.read(Serialization.unmarshal(tree.toString(), GenericKubernetesResource.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
