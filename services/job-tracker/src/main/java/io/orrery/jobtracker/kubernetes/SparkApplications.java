package io.orrery.jobtracker.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.orrery.jobtracker.model.Application;
import io.orrery.jobtracker.reconcile.Applications;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Follows the SparkApplications of a namespace by one list and one watch, however many there are. */
final class SparkApplications implements Applications {

    private static final Logger LOG = Logger.getLogger(SparkApplications.class);

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("SparkApplication")
            .withPlural("sparkapplications")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final String namespace;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final Map<String, Application> byName = new ConcurrentHashMap<>();
    private volatile String trouble = "not asked yet";

    SparkApplications(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.informer = client.genericKubernetesResources(KIND)
                .inNamespace(namespace)
                .runnableInformer(0)
                .itemStore(new NamesOnly())
                .exceptionHandler((started, e) -> isTriedAgain(e));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the informer goes on by itself until it is closed
    public void follow(Listener listener) {
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource resource) {
                changed(resource, listener);
            }

            @Override
            public void onUpdate(GenericKubernetesResource former, GenericKubernetesResource resource) {
                changed(resource, listener);
            }

            @Override
            public void onDelete(GenericKubernetesResource resource, boolean isStateUnknown) {
                Optional.ofNullable(byName.remove(resource.getMetadata().getName()))
                        .ifPresent(gone -> listener.changed(gone.jobId()));
            }
        });
        informer.start().whenComplete((nothing, failure) -> listener.connection());
    }

    private void changed(GenericKubernetesResource resource, Listener listener) {
        ApplicationReader.read(resource).ifPresent(application -> {
            byName.put(application.name(), application);
            listener.changed(application.jobId());
        });
    }

    /** Whatever it was: the resource may come with the operator, and the cluster back after an outage. */
    private boolean isTriedAgain(Throwable e) {
        trouble = isNotFound(e) ? "the cluster does not know SparkApplications yet" : String.valueOf(e.getMessage());
        LOG.debugf("watching the SparkApplications in %s: %s", namespace, trouble);
        return true;
    }

    private static boolean isNotFound(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof KubernetesClientException refused && refused.getCode() == 404);
    }

    @Override
    public boolean isConnected() {
        return informer.hasSynced() && informer.isWatching();
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public Stream<Application> all() {
        return byName.values().stream();
    }

    @Override
    public Stream<Application> of(String jobId) {
        return all().filter(application -> application.jobId().equals(jobId));
    }

    @Override
    public Optional<Application> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public boolean isGone(String name) {
        try {
            return client.genericKubernetesResources(KIND)
                            .inNamespace(namespace)
                            .withName(name)
                            .get()
                    == null;
        } catch (KubernetesClientException e) {
            LOG.debugf("whether %s is gone is not known: %s", name, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        informer.close();
        client.close();
    }
}
