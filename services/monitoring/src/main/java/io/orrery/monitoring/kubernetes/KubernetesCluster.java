package io.orrery.monitoring.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.orrery.monitoring.plan.Manifests;
import io.orrery.monitoring.reconcile.Cluster;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The cluster by fabric8's client. */
final class KubernetesCluster implements Cluster {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("orrery-monitoring")
            .withForce(true)
            .build();

    private final KubernetesClient client;

    KubernetesCluster(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void apply(List<HasMetadata> objects) {
        call(() -> {
            objects.forEach(object -> client.resource(object).patch(APPLY));
            return null;
        });
    }

    @Override
    public boolean isAvailable(String namespace, String deployment) {
        return call(() -> Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(deployment)
                        .get())
                .filter(it -> it.getStatus() != null && it.getStatus().getReadyReplicas() != null)
                .filter(it -> Objects.equals(
                        it.getMetadata().getGeneration(), it.getStatus().getObservedGeneration()))
                .filter(it -> it.getStatus().getReadyReplicas() >= it.getSpec().getReplicas())
                .isPresent());
    }

    @Override
    public boolean remove(String namespace, String owner) {
        return call(() -> {
            var found =
                    Optional.ofNullable(client.namespaces().withName(namespace).get());
            return found.isEmpty() || (isOurs(found.get(), owner) ? end(found.get()) : clear(namespace, owner));
        });
    }

    private boolean end(Namespace namespace) {
        if (namespace.getMetadata().getDeletionTimestamp() == null) {
            client.resource(namespace).delete();
        }
        return false;
    }

    /** In a namespace that others made too, only what carries our mark goes. */
    private boolean clear(String namespace, String owner) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(Manifests.OWNER, owner)
                .delete();
        client.services()
                .inNamespace(namespace)
                .withLabel(Manifests.OWNER, owner)
                .delete();
        client.secrets()
                .inNamespace(namespace)
                .withLabel(Manifests.OWNER, owner)
                .delete();
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(Manifests.OWNER, owner)
                .list()
                .getItems()
                .isEmpty();
    }

    private static boolean isOurs(HasMetadata object, String owner) {
        return Optional.ofNullable(object.getMetadata().getLabels())
                .map(labels -> owner.equals(labels.get(Manifests.OWNER)))
                .orElse(false);
    }

    /** An answer without a status code is no answer. */
    private static <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 0 || e.getCode() >= 500) {
                throw new UnreachableException(e);
            }
            throw e;
        }
    }
}
