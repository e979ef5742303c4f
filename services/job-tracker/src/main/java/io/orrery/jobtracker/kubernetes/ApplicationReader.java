package io.orrery.jobtracker.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.model.Application.Attempts;
import io.orrery.jobtracker.model.Application.Restarts;
import io.orrery.jobtracker.model.Application.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes from a SparkApplication what tracking needs. Any field may be missing, or of a type nobody expects. */
final class ApplicationReader {

    private static final String CORRELATION_ID = "correlation_id";
    private static final String FOLDER = "/batch_jobs/";

    private ApplicationReader() {}

    /** @return empty for one that is no openEO batch job, as openEO's own service is */
    static Optional<Application> read(GenericKubernetesResource resource) {
        return jobId(resource)
                .map(jobId -> new Application(
                        resource.getMetadata().getName(),
                        jobId,
                        State.of(text(resource, "status", "applicationState", "state")
                                .orElse("")),
                        attempts(resource),
                        instant(resource, "lastSubmissionAttemptTime"),
                        instant(resource, "terminationTime"),
                        text(resource, "status", "applicationState", "errorMessage")));
    }

    /** From the most reliable place that has it. */
    private static Optional<String> jobId(GenericKubernetesResource resource) {
        return label(resource)
                .or(() -> text(resource, "spec", "driver", "labels", "job_id"))
                .or(() -> environment(resource))
                .or(() -> argument(resource));
    }

    private static Optional<String> label(GenericKubernetesResource resource) {
        return Optional.ofNullable(resource.getMetadata().getLabels())
                .map(labels -> labels.get(CORRELATION_ID))
                .filter(id -> !id.isEmpty());
    }

    private static Optional<String> environment(GenericKubernetesResource resource) {
        return list(resource, "spec", "driver", "env")
                .filter(Map.class::isInstance)
                .map(Map.class::cast)
                .filter(variable -> "OPENEO_BATCH_JOB_ID".equals(variable.get("name")))
                .map(variable -> variable.get("value"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    private static Optional<String> argument(GenericKubernetesResource resource) {
        return list(resource, "spec", "arguments")
                .skip(1)
                .findFirst()
                .map(String::valueOf)
                .filter(folder -> folder.startsWith(FOLDER))
                .map(folder -> folder.substring(FOLDER.length()))
                .filter(id -> !id.isEmpty() && id.indexOf('/') < 0);
    }

    private static Attempts attempts(GenericKubernetesResource resource) {
        return new Attempts(
                number(resource, "status", "executionAttempts"),
                number(resource, "status", "submissionAttempts"),
                restarts(resource));
    }

    private static Restarts restarts(GenericKubernetesResource resource) {
        return switch (text(resource, "spec", "restartPolicy", "type").orElse("Never")) {
            case "Always" -> Restarts.ALWAYS;
            case "OnFailure" ->
                new Restarts(
                        number(resource, "spec", "restartPolicy", "onFailureRetries"),
                        number(resource, "spec", "restartPolicy", "onSubmissionFailureRetries"));
            default -> Restarts.NEVER;
        };
    }

    private static Optional<Instant> instant(GenericKubernetesResource resource, String field) {
        return text(resource, "status", field).flatMap(ApplicationReader::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(GenericKubernetesResource resource, Object... path) {
        return at(resource, path)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isEmpty());
    }

    private static int number(GenericKubernetesResource resource, Object... path) {
        return at(resource, path)
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .map(Number::intValue)
                .orElse(0);
    }

    private static Stream<?> list(GenericKubernetesResource resource, Object... path) {
        return at(resource, path)
                .filter(List.class::isInstance)
                .map(List.class::cast)
                .map(list -> (Stream<?>) list.stream())
                .orElse(Stream.empty());
    }

    private static Optional<Object> at(GenericKubernetesResource resource, Object... path) {
        Object found = resource.getAdditionalProperties();
        for (var name : path) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(found);
    }
}
