package io.orrery.sandbox.controllers.spark;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import io.orrery.sandbox.controllers.loop.Owners;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Runs SparkApplications as the Spark operator does. It watches them from when their CRD is established, however late that
 * is. Drivers are plain pods: what they do is the kubelet's workload.
 */
public final class SparkOperator implements AutoCloseable {

    private final Cluster cluster;
    private final SparkApplications applications;
    private final SparkResources resources;
    private final Events events;
    private final Loop loop;
    private SharedIndexInformer<GenericKubernetesResource> informer;

    public SparkOperator(Cluster cluster) {
        this.cluster = cluster;
        this.applications = new SparkApplications(cluster.client());
        this.resources = new SparkResources(cluster);
        this.events = cluster.events("spark-operator");
        this.loop = cluster.loop("spark-operator", 10, this::reconcile);
        cluster.wake(Pod.class, loop, SparkOperator::application);
        Loop definitions = cluster.loop("spark-operator-crd", 1, this::follow);
        cluster.wake(
                CustomResourceDefinition.class,
                definitions,
                crd -> SparkApplications.CRD.equals(crd.getMetadata().getName())
                        ? Stream.of(ObjectKey.of(crd))
                        : Stream.empty());
    }

    private static Stream<ObjectKey> application(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels().get(SparkPods.APP_NAME))
                .map(name -> new ObjectKey(pod.getMetadata().getNamespace(), name))
                .stream();
    }

    private synchronized Optional<Duration> follow(ObjectKey crd) {
        var established = cluster.find(CustomResourceDefinition.class, crd)
                .filter(found -> found.getStatus() != null
                        && found.getStatus().getConditions().stream()
                                .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus())))
                .isPresent();
        if (established && informer == null) {
            informer = applications.informer();
            informer.exceptionHandler((started, failure) -> true);
            informer.addEventHandler(new Applications());
            var unused = informer.start(); // tries until it succeeds: the exception handler says so
        } else if (!established) {
            close();
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (informer != null) {
            informer.stop();
            informer = null;
        }
    }

    private final class Applications implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource application) {
            loop.add(ObjectKey.of(application));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            loop.add(ObjectKey.of(after));
        }

        @Override
        public void onDelete(GenericKubernetesResource application, boolean lastStateUnknown) {
            loop.add(ObjectKey.of(application));
        }
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var found = applications.find(key).filter(a -> a.getMetadata().getDeletionTimestamp() == null);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var application = found.get();
        var status = SparkApplications.status(application);
        var driver =
                cluster.find(Pod.class, driverKey(application)).filter(pod -> Owners.isControlledBy(pod, application));
        var outdated = driver.map(pod -> pod.getMetadata().getAnnotations().get(SparkPods.SPEC_HASH))
                .filter(hash -> !hash.equals(SparkApplications.specHash(application)))
                .isPresent();
        var now = Instant.now(cluster.clock()).truncatedTo(ChronoUnit.SECONDS);
        var next = new SparkMachine(SparkApplications.spec(application), status, Driver.of(driver), now)
                .next(outdated, driver.isPresent());
        switch (next) {
            case Next.Submit s -> tell(application, status, submit(application, status, now));
            case Next.CleanUp clean -> {
                resources.remove(application);
                tell(application, status, clean.after());
            }
            case Next.Tell tell -> tell(application, status, withPods(application, tell.status(), driver));
            case Next.Wait wait -> {
                return Optional.of(wait.time());
            }
            case Next.Delete d -> cluster.delete(application);
        }
        return Optional.empty();
    }

    private static ObjectKey driverKey(GenericKubernetesResource application) {
        return new ObjectKey(
                application.getMetadata().getNamespace(),
                SparkPods.driverName(application, SparkApplications.spec(application)));
    }

    private SparkStatus submit(GenericKubernetesResource application, SparkStatus status, Instant now) {
        var spec = SparkApplications.spec(application);
        var pods = new SparkPods(
                application,
                spec,
                UUID.randomUUID().toString(),
                "spark-" + UUID.randomUUID().toString().replace("-", ""),
                SparkApplications.specHash(application));
        var info = new SparkStatus.DriverInfo(
                SparkPods.driverName(application, spec), SparkPods.uiServiceName(application), null, 4040, null, null);
        try {
            var driver = resources.create(application, pods);
            return status.submitted(
                    driver.getMetadata().getLabels().get(SparkPods.SUBMISSION), now.toString(), info, true, "");
        } catch (SparkResources.Refused e) {
            return status.submitted(pods.submission(), now.toString(), info, false, e.getMessage());
        }
    }

    /** Adds what is seen of driver and executors, as long as the driver has not been done with. */
    private SparkStatus withPods(GenericKubernetesResource application, SparkStatus status, Optional<Pod> driver) {
        if (driver.isEmpty()) {
            return status;
        }
        var spec = SparkApplications.spec(application);
        var labels = driver.get().getMetadata().getLabels();
        var sparkId = labels.get(SparkPods.SPARK_ID);
        var pods = new SparkPods(application, spec, labels.get(SparkPods.SUBMISSION), sparkId, "");
        Map<String, String> executors =
                switch (status.state()) {
                    case RUNNING -> resources.runExecutors(pods, driver.get(), spec.executors());
                    case SUCCEEDING -> resources.endExecutors(pods, status.executorState(), "COMPLETED");
                    case FAILING -> resources.endExecutors(pods, status.executorState(), "FAILED");
                    default -> status.executorState();
                };
        return status.withSparkId(sparkId).withExecutors(executors);
    }

    private void tell(GenericKubernetesResource application, SparkStatus before, SparkStatus after) {
        applications.tell(application, after);
        if (before.state() != after.state()) {
            announce(application, after);
        }
    }

    /** The operator's own words (internal/controller/sparkapplication/event_handler.go and controller.go). */
    private void announce(GenericKubernetesResource application, SparkStatus status) {
        var name = application.getMetadata().getName();
        var driver = status.driverInfo().podName();
        var error = status.applicationState().errorMessage();
        switch (status.state()) {
            case SUBMITTED ->
                events.normal(
                        application,
                        "SparkApplicationSubmitted",
                        "SparkApplication " + name + " was submitted successfully");
            case SUBMISSION_FAILED ->
                events.warning(
                        application,
                        "SparkApplicationSubmissionFailed",
                        "failed to submit SparkApplication " + name + ": " + error);
            case RUNNING -> events.normal(application, "SparkDriverRunning", "Driver " + driver + " is running");
            case SUCCEEDING -> events.normal(application, "SparkDriverCompleted", "Driver " + driver + " completed");
            case FAILING -> events.warning(application, "SparkDriverFailed", "Driver " + driver + " failed: " + error);
            case COMPLETED ->
                events.normal(application, "SparkApplicationCompleted", "SparkApplication " + name + " completed");
            case FAILED ->
                events.warning(application, "SparkApplicationFailed", "SparkApplication " + name + " failed: " + error);
            case PENDING_RERUN ->
                events.warning(
                        application, "SparkApplicationPendingRerun", "SparkApplication " + name + " is pending rerun");
            case NEW, INVALIDATING, SUSPENDING, SUSPENDED, RESUMING, UNKNOWN -> {
                // The operator says nothing of these.
            }
        }
    }

    /** Whether the failure is the request's own: then it is a submission that failed, and else the API that is away. */
    static boolean isRefusal(KubernetesClientException failure) {
        return failure.getCode() >= 400 && failure.getCode() < 500;
    }
}
