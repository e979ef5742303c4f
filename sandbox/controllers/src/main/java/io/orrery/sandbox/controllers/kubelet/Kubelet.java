package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A node's agent: registers the Node, keeps its lease, runs the pods bound to it and serves their logs. It knows the
 * cluster by its API only. {@link #stop} is the machine's end: nobody tells the API, the Node stays until somebody
 * deletes it.
 */
public final class Kubelet implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Kubelet.class.getName());
    private static final int PARALLEL = 4;
    private static final Duration STOPPING = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final NodeSpec spec;
    private final KubeletSettings settings;
    private final ScheduledExecutorService timers;
    private final KubeletServer server;
    private final NodeRegistration registration;
    private final Heartbeat heartbeat;
    private final Events events;
    private final Loop loop;
    private final SharedIndexInformer<Pod> pods;
    private final Map<ObjectKey, PodRun> runs = new ConcurrentHashMap<>();

    private Kubelet(KubernetesClient client, NodeSpec spec, KubeletSettings settings) throws IOException {
        this.client = client;
        this.spec = spec;
        this.settings = settings;
        this.timers = Executors.newScheduledThreadPool(
                2,
                Thread.ofPlatform()
                        .daemon()
                        .name("kubelet-" + spec.name() + "-", 0)
                        .factory());
        this.server = new KubeletServer(spec.name(), settings.bindAddress(), settings.clock(), this::log);
        this.registration = new NodeRegistration(spec, settings.bindAddress(), server.port());
        this.heartbeat = new Heartbeat(client, registration, settings);
        this.events = new Events(client, settings.clock(), "kubelet", spec.name());
        this.loop = new Loop("kubelet-" + spec.name(), PARALLEL, timers, this::reconcile);
        this.pods = client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", spec.name())
                .runnableInformer(0)
                .exceptionHandler((started, failure) -> true);
    }

    public static Kubelet join(KubernetesClient client, NodeSpec spec) throws IOException {
        return join(client, spec, KubeletSettings.defaults());
    }

    /**
     * Starts the agent and returns at once; it registers as soon as the API answers, and goes on trying until then. The
     * client stays the caller's, and must be open as long as the kubelet runs.
     */
    public static Kubelet join(KubernetesClient client, NodeSpec spec, KubeletSettings settings) throws IOException {
        var kubelet = new Kubelet(client, spec, settings);
        kubelet.start();
        return kubelet;
    }

    private void start() {
        pods.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                loop.add(ObjectKey.of(pod));
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                loop.add(ObjectKey.of(after));
            }

            @Override
            public void onDelete(Pod pod, boolean lastStateUnknown) {
                loop.add(ObjectKey.of(pod));
            }
        });
        var unusedStart = pods.start(); // tries until it succeeds: the exception handler says so
        var unusedBeats = timers.scheduleWithFixedDelay(
                this::beat, 0, settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
    }

    public String nodeName() {
        return spec.name();
    }

    private void beat() {
        try {
            heartbeat.beat();
        } catch (RuntimeException e) {
            LOG.log(
                    Heartbeat.isExpected(e) ? Level.DEBUG : Level.WARNING,
                    "node " + spec.name() + " could not tell that it is well",
                    e);
        }
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var pod = pods.getStore().getByKey(key.toString());
        var run = runs.get(key);
        if (run != null && (pod == null || !run.uid().equals(pod.getMetadata().getUid()))) {
            run.forget();
            runs.remove(key);
            run = null;
        }
        if (pod == null) {
            return Optional.empty();
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return end(key, pod, run);
        }
        if (run == null) {
            if (hasEnded(pod)) {
                return Optional.empty();
            }
            run = new PodRun(client, settings, timers, events, pod, registration.hostIp(), () -> loop.add(key));
            runs.put(key, run);
        }
        var again = run.step();
        tell(pod, run);
        return again;
    }

    /** SIGTERM first; the grace period bounds how long the containers may take. */
    private Optional<Duration> end(ObjectKey key, Pod pod, PodRun run) {
        if (run != null && !run.stop()) {
            var grace = Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
                    .orElse(0L);
            var deadline = Instant.parse(pod.getMetadata().getDeletionTimestamp());
            if (grace > 0 && settings.clock().instant().isBefore(deadline)) {
                return Optional.of(STOPPING);
            }
        }
        if (run != null) {
            events.normal(pod, "Killing", "Stopping container " + first(pod));
            tell(pod, run);
            run.forget();
            runs.remove(key);
        }
        client.resource(pod).withGracePeriod(0).delete();
        return Optional.empty();
    }

    private static String first(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getName();
    }

    private static boolean hasEnded(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private void tell(Pod pod, PodRun run) {
        var now = settings.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var status = PodStatuses.of(pod, run, registration.hostIp(), now);
        if (!status.equals(pod.getStatus())) {
            // A copy: what the informer holds is not ours to change.
            var copy = pod.toBuilder().withStatus(status).build();
            client.resource(copy).updateStatus();
        }
    }

    private Optional<ContainerLog> log(String namespace, String pod, String container, boolean previous) {
        return Optional.ofNullable(runs.get(new ObjectKey(namespace, pod)))
                .flatMap(run -> run.log(container, previous));
    }

    /** The machine is gone, with all that ran on it; the API is told nothing. */
    public void stop() {
        pods.stop();
        loop.close();
        timers.shutdownNow();
        server.close();
        runs.values().forEach(PodRun::forget);
        runs.clear();
    }

    @Override
    public void close() {
        stop();
    }
}
