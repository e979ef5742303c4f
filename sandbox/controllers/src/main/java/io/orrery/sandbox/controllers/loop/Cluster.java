package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the controllers of one cluster share: the client, an informer for each kind, the clock and the timers. Informers
 * only wake; what is decided on is read from the API, so that no controller acts on its own stale echo.
 */
public final class Cluster implements AutoCloseable {

    private final KubernetesClient client;
    private final Clock clock;
    private final ScheduledExecutorService timers;
    private final Map<Class<?>, SharedIndexInformer<?>> informers = new LinkedHashMap<>();
    private final List<Loop> loops = new ArrayList<>();

    public Cluster(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("controllers-timer").factory());
    }

    public KubernetesClient client() {
        return client;
    }

    public Clock clock() {
        return clock;
    }

    public ScheduledExecutorService timers() {
        return timers;
    }

    /** The time as the API writes it: RFC 3339 in whole seconds. */
    public String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public Events events(String component) {
        return new Events(client, clock, component, "");
    }

    public synchronized Loop loop(String name, int parallel, Reconciler reconciler) {
        var loop = new Loop(name, parallel, timers, reconciler);
        loops.add(loop);
        return loop;
    }

    /** The shared informer of a kind, over all namespaces; it runs from {@link #start} on. */
    @SuppressWarnings("unchecked") // the map is written below only, with informers of their key's type
    public synchronized <T extends HasMetadata> SharedIndexInformer<T> informer(Class<T> kind) {
        return (SharedIndexInformer<T>) informers.computeIfAbsent(kind, k -> client.resources(kind)
                .inAnyNamespace()
                .runnableInformer(0)
                .exceptionHandler((started, failure) -> true));
    }

    /** Every change of an object of the kind wakes these keys of the loop; for an update, those of before and after. */
    public <T extends HasMetadata> void wake(Class<T> kind, Loop loop, Function<T, Stream<ObjectKey>> keys) {
        informer(kind).addEventHandler(new Waking<>(loop, keys));
    }

    /** Every change of an object wakes the object itself. */
    public <T extends HasMetadata> void wake(Class<T> kind, Loop loop) {
        wake(kind, loop, object -> Stream.of(ObjectKey.of(object)));
    }

    /** Every change of an object wakes its controlling owner, if that is of the given kind. */
    public <T extends HasMetadata> void wakeOwner(Class<T> kind, String ownerKind, Loop loop) {
        wake(kind, loop, object -> Owners.controller(object, ownerKind).stream());
    }

    /** Does not wait for the informers: each begins when the API serves its kind. */
    public synchronized void start() {
        informers.values().forEach(SharedIndexInformer::start);
    }

    public <T extends HasMetadata> List<T> cached(Class<T> kind) {
        return informer(kind).getStore().list();
    }

    /** The object as the API has it now. */
    public <T extends HasMetadata> Optional<T> find(Class<T> kind, ObjectKey key) {
        var all = client.resources(kind);
        var one = key.namespace().isEmpty()
                ? all.withName(key.name())
                : all.inNamespace(key.namespace()).withName(key.name());
        return Optional.ofNullable(one.get());
    }

    /** Creates the object; empty if one of that name is there already. */
    public <T extends HasMetadata> Optional<T> create(T object) {
        try {
            return Optional.of(client.resource(object).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Deletes exactly this object, not another that has taken its name since. Gone already is as good. */
    public void delete(HasMetadata object) {
        new Deletion(client).delete(object);
    }

    /** Takes the object away at once, without the kubelet's word. */
    public void deleteNow(HasMetadata object) {
        new Deletion(client).deleteNow(object);
    }

    @Override
    public synchronized void close() {
        informers.values().forEach(SharedIndexInformer::stop);
        loops.forEach(Loop::close);
        timers.shutdownNow();
    }
}
