package io.orrery.sandbox.controllers.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobProgressTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static JobBuilder job(Integer completions, int parallelism, int backoffLimit) {
        return new JobBuilder()
                .withNewSpec()
                .withCompletions(completions)
                .withParallelism(parallelism)
                .withBackoffLimit(backoffLimit)
                .endSpec();
    }

    private static List<Pod> pods(String phase, int count) {
        return Collections.nCopies(
                count,
                new PodBuilder()
                        .withNewMetadata()
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build());
    }

    private static JobProgress progress(Job job, List<Pod> pods) {
        return JobProgress.of(job, pods, NOW);
    }

    @Test
    void startsAsManyAsMayRunAtATime() {
        assertThat(progress(job(5, 2, 6).build(), List.of()).toStart()).isEqualTo(2);
        assertThat(progress(job(5, 2, 6).build(), pods("Running", 1)).toStart()).isEqualTo(1);
    }

    @Test
    void startsNoMoreThanAreMissing() {
        assertThat(progress(job(5, 3, 6).build(), pods("Succeeded", 4)).toStart())
                .isEqualTo(1);
    }

    @Test
    void isCompleteWhenEnoughHaveSucceeded() {
        assertThat(progress(job(2, 1, 6).build(), pods("Succeeded", 2)).end())
                .hasValueSatisfying(end -> assertThat(end.type()).isEqualTo("Complete"));
    }

    @Test
    void isCompleteWithoutCompletionsWhenOneHasSucceededAndNoneRuns() {
        assertThat(progress(
                        job(null, 2, 6).build(),
                        Stream.concat(pods("Succeeded", 1).stream(), pods("Running", 1).stream())
                                .toList()))
                .satisfies(progress -> {
                    assertThat(progress.end()).isEmpty();
                    assertThat(progress.toStart()).isZero();
                });
        assertThat(progress(job(null, 2, 6).build(), pods("Succeeded", 2)).end())
                .isPresent();
    }

    @Test
    void failsAboveItsBackoffLimit() {
        assertThat(progress(job(1, 1, 1).build(), pods("Failed", 1)).end()).isEmpty();
        assertThat(progress(job(1, 1, 1).build(), pods("Failed", 2)).end())
                .hasValueSatisfying(end -> assertThat(end.reason()).isEqualTo("BackoffLimitExceeded"));
    }

    @Test
    void failsAtItsDeadline() {
        var job = job(1, 1, 6)
                .editSpec()
                .withActiveDeadlineSeconds(60L)
                .endSpec()
                .withNewStatus()
                .withStartTime("2026-05-01T11:59:30Z")
                .endStatus();

        assertThat(progress(job.build(), pods("Running", 1)).lookAgain()).contains(Duration.ofSeconds(30));
        assertThat(progress(
                                job.editStatus()
                                        .withStartTime("2026-05-01T11:59:00Z")
                                        .endStatus()
                                        .build(),
                                pods("Running", 1))
                        .end())
                .hasValueSatisfying(end -> assertThat(end.reason()).isEqualTo("DeadlineExceeded"));
    }

    @Test
    void startsNothingWhileSuspended() {
        var job = job(1, 1, 6).editSpec().withSuspend(true).endSpec().build();

        assertThat(progress(job, List.of()).toStart()).isZero();
    }
}
