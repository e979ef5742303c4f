package io.orrery.sandbox.controllers.batch;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import io.orrery.sandbox.controllers.loop.Owners;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a Job at each time of a schedule. Times that passed unseen are caught up with once, the latest of them. */
public final class CronJobs {

    private final Cluster cluster;
    private final Events events;
    private final CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    public CronJobs(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("cronjob-controller");
        Loop loop = cluster.loop("cronjobs", 1, this::reconcile);
        cluster.wake(CronJob.class, loop);
        cluster.wakeOwner(Job.class, "CronJob", loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = cluster.find(CronJob.class, key);
        if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var cron = found.get();
        var jobs = jobs(cron);
        cleanUp(cron, jobs);
        if (Boolean.TRUE.equals(cron.getSpec().getSuspend())) {
            return Optional.empty();
        }
        ExecutionTime times;
        try {
            times = ExecutionTime.forCron(parser.parse(cron.getSpec().getSchedule()));
        } catch (IllegalArgumentException e) {
            events.warning(
                    cron,
                    "UnparseableSchedule",
                    "unparseable schedule: " + cron.getSpec().getSchedule());
            return Optional.empty();
        }
        var zone = ZoneId.of(Optional.ofNullable(cron.getSpec().getTimeZone()).orElse("UTC"));
        var now = Instant.now(cluster.clock()).atZone(zone);
        times.lastExecution(now)
                .filter(due -> due.isAfter(last(cron).atZone(zone)))
                .filter(due -> !isTooLate(cron, due, now))
                .ifPresent(due -> run(cron, jobs, due));
        return times.timeToNextExecution(now);
    }

    private List<Job> jobs(CronJob cron) {
        return cluster
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cron.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(job -> Owners.isControlledBy(job, cron))
                .sorted(Comparator.comparing(job -> job.getMetadata().getName()))
                .toList();
    }

    private static Instant last(CronJob cron) {
        var status = cron.getStatus();
        return Instant.parse(
                status == null || status.getLastScheduleTime() == null
                        ? cron.getMetadata().getCreationTimestamp()
                        : status.getLastScheduleTime());
    }

    private static boolean isTooLate(CronJob cron, ZonedDateTime due, ZonedDateTime now) {
        var deadline = cron.getSpec().getStartingDeadlineSeconds();
        return deadline != null && due.plusSeconds(deadline).isBefore(now);
    }

    private void run(CronJob cron, List<Job> jobs, ZonedDateTime due) {
        var active = jobs.stream()
                .filter(job -> JobProgress.finishedAt(job).isEmpty())
                .toList();
        var policy = Optional.ofNullable(cron.getSpec().getConcurrencyPolicy()).orElse("Allow");
        if ("Forbid".equals(policy) && !active.isEmpty()) {
            events.normal(cron, "JobAlreadyActive", "Not starting job because prior execution is running");
            return;
        }
        if ("Replace".equals(policy)) {
            active.forEach(cluster::delete);
        }
        var template = cron.getSpec().getJobTemplate();
        // Upstream's name: the minute of the schedule, so that one minute never gets two Jobs.
        var name = cron.getMetadata().getName() + "-" + due.toEpochSecond() / 60;
        var job = new JobBuilder()
                .withNewMetadata()
                .withNamespace(cron.getMetadata().getNamespace())
                .withName(name)
                .withLabels(
                        template.getMetadata() == null
                                ? null
                                : template.getMetadata().getLabels())
                .addToAnnotations(
                        "batch.kubernetes.io/cronjob-scheduled-timestamp",
                        due.toInstant().toString())
                .withOwnerReferences(Owners.reference(cron))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        cluster.create(job).ifPresent(made -> events.normal(cron, "SuccessfulCreate", "Created job " + name));
        cluster.client()
                .resource(new CronJobBuilder(cron)
                        .withStatus(new CronJobStatusBuilder()
                                .withLastScheduleTime(due.toInstant().toString())
                                .withLastSuccessfulTime(
                                        cron.getStatus() == null
                                                ? null
                                                : cron.getStatus().getLastSuccessfulTime())
                                .build())
                        .build())
                .updateStatus();
    }

    private void cleanUp(CronJob cron, List<Job> jobs) {
        var spec = cron.getSpec();
        keep(
                jobs,
                "Complete",
                Optional.ofNullable(spec.getSuccessfulJobsHistoryLimit()).orElse(3));
        keep(
                jobs,
                "Failed",
                Optional.ofNullable(spec.getFailedJobsHistoryLimit()).orElse(1));
    }

    private void keep(List<Job> jobs, String condition, int limit) {
        var ended = jobs.stream()
                .filter(job -> job.getStatus() != null
                        && job.getStatus().getConditions().stream().anyMatch(c -> condition.equals(c.getType())))
                .toList();
        ended.stream().limit(Math.max(0, ended.size() - limit)).forEach(cluster::delete);
    }
}
