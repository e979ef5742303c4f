package io.orrery.sandbox.controllers.batch;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.orrery.sandbox.controllers.apps.PodTemplates;
import io.orrery.sandbox.controllers.apps.Pods;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs pods until enough have ended well, or too many badly. Counts the pods that are there: indexed completion is not done. */
public final class Jobs {

    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";

    private final Cluster cluster;
    private final Events events;

    public Jobs(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("job-controller");
        Loop loop = cluster.loop("jobs", 4, this::reconcile);
        cluster.wake(Job.class, loop);
        cluster.wakeOwner(Pod.class, "Job", loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(Job.class, key);
        if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var job = found.get();
        var finished = JobProgress.finishedAt(job);
        if (finished.isPresent()) {
            return expire(job, finished.get());
        }
        var pods = pods(job);
        var progress = JobProgress.of(job, pods, Instant.now(cluster.clock()));
        if (progress.end().isPresent() || Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            pods.stream().filter(Pods::isActive).forEach(cluster::delete);
        } else {
            for (var i = 0; i < progress.toStart(); i++) {
                start(job);
            }
        }
        tell(job, progress);
        return progress.lookAgain();
    }

    private List<Pod> pods(Job job) {
        var selector = job.getSpec().getSelector() != null
                ? job.getSpec().getSelector()
                : new LabelSelectorBuilder()
                        .addToMatchLabels(UID_LABEL, job.getMetadata().getUid())
                        .build();
        return Pods.of(cluster, job, selector);
    }

    private void start(Job job) {
        var name = job.getMetadata().getName();
        var labels = Map.of(
                UID_LABEL,
                job.getMetadata().getUid(),
                "controller-uid",
                job.getMetadata().getUid(),
                "batch.kubernetes.io/job-name",
                name,
                "job-name",
                name);
        var template = new PodTemplateSpecBuilder(job.getSpec().getTemplate())
                .editOrNewMetadata()
                .addToLabels(labels)
                .endMetadata()
                .build();
        var pod = cluster.client()
                .resource(PodTemplates.pod(job, template)
                        .editMetadata()
                        .withName(PodTemplates.generated(name))
                        .withGenerateName(name + "-")
                        .endMetadata()
                        .build())
                .create();
        events.normal(
                job, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
    }

    private void tell(Job job, JobProgress progress) {
        var before = Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new);
        var status = new JobStatusBuilder(before)
                .withActive(progress.end().isPresent() ? 0 : progress.active() + progress.toStart())
                .withReady(progress.ready())
                .withSucceeded(progress.succeeded())
                .withFailed(progress.failed())
                .withStartTime(before.getStartTime() == null ? cluster.now() : before.getStartTime());
        progress.end().ifPresent(end -> {
            status.addNewCondition()
                    .withType(end.type())
                    .withStatus("True")
                    .withReason(end.reason())
                    .withMessage(end.message())
                    .withLastProbeTime(cluster.now())
                    .withLastTransitionTime(cluster.now())
                    .endCondition();
            if ("Complete".equals(end.type())) {
                status.withCompletionTime(cluster.now());
                events.normal(job, "Completed", "Job completed");
            } else {
                events.warning(job, end.reason(), end.message());
            }
        });
        if (!status.build().equals(job.getStatus())) {
            cluster.client()
                    .resource(new JobBuilder(job).withStatus(status.build()).build())
                    .updateStatus();
        }
    }

    private Optional<Duration> expire(Job job, Instant finished) {
        var ttl = job.getSpec().getTtlSecondsAfterFinished();
        if (ttl == null) {
            return Optional.empty();
        }
        var left = Duration.between(Instant.now(cluster.clock()), finished.plusSeconds(ttl));
        if (left.isPositive()) {
            return Optional.of(left);
        }
        cluster.delete(job);
        return Optional.empty();
    }
}
