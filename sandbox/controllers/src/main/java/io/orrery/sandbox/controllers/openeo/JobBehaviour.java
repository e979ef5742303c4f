package io.orrery.sandbox.controllers.openeo;

import io.orrery.sandbox.controllers.kubelet.Exit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a batch job goes: by annotations of its driver pod ({@code sandbox.orrery.io/job-duration}, an ISO 8601 duration, and
 * {@code sandbox.orrery.io/job-exit-code}), else by the processes {@code sandbox_run} ({@code seconds}) and
 * {@code sandbox_fail} ({@code exit_code}) in its graph, else well and after the usual time.
 */
record JobBehaviour(Duration duration, Exit exit) {

    static final String DURATION = "sandbox.orrery.io/job-duration";
    static final String EXIT_CODE = "sandbox.orrery.io/job-exit-code";

    static JobBehaviour of(Map<String, String> annotations, JobSpecification job, Duration usual) {
        var duration = Optional.ofNullable(annotations.get(DURATION))
                .map(Duration::parse)
                .or(() -> job.sandboxProcess("sandbox_run")
                        .map(arguments -> Duration.ofMillis(
                                Math.round(arguments.path("seconds").asDouble() * 1000))))
                .orElse(usual);
        var code = Optional.ofNullable(annotations.get(EXIT_CODE))
                .map(Integer::valueOf)
                .or(() -> job.sandboxProcess("sandbox_fail")
                        .map(arguments -> arguments.path("exit_code").asInt(1)))
                .orElse(0);
        return new JobBehaviour(duration, exit(code));
    }

    private static Exit exit(int code) {
        return switch (code) {
            case 0 -> Exit.COMPLETED;
            case 137 -> Exit.OUT_OF_MEMORY;
            default -> Exit.error(code);
        };
    }
}
