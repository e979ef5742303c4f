package io.orrery.sandbox.kubernetes.registry;

import io.orrery.sandbox.kubernetes.apply.BuiltInShape;
import io.orrery.sandbox.kubernetes.model.BuiltInTypes;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The built-in kinds with what is particular to each. */
final class BuiltIns {
    private BuiltIns() {}

    static List<Served> served(Store store, Catalog catalog, Clock clock) {
        return BuiltInTypes.all().stream()
                .map(type -> new Served(
                        type,
                        storageVersion(type),
                        strategy(type, store, catalog, clock),
                        BuiltInShape.ROOT,
                        Optional.empty()))
                .toList();
    }

    private static String storageVersion(ResourceType type) {
        return type.storage().group().isEmpty() ? "v1" : type.apiVersion();
    }

    private static Strategy strategy(ResourceType type, Store store, Catalog catalog, Clock clock) {
        return switch (type.qualifiedPlural()) {
            case "namespaces" -> new NamespaceStrategy();
            case "pods" -> new PodStrategy();
            case "services" -> new ServiceStrategy(store);
            case "secrets", "configmaps" -> new ConfigStrategy();
            case "persistentvolumes", "persistentvolumeclaims" -> new VolumeStrategy();
            case "deployments.apps",
                    "replicasets.apps",
                    "statefulsets.apps",
                    "daemonsets.apps",
                    "replicationcontrollers" -> new WorkloadStrategy(type);
            case "jobs.batch" -> new JobStrategy();
            case "cronjobs.batch" -> new CronJobStrategy();
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                new RoleBindingStrategy();
            case "storageclasses.storage.k8s.io" -> new StorageClassStrategy();
            case "customresourcedefinitions.apiextensions.k8s.io" -> new DefinitionStrategy(catalog, clock);
            default -> Strategy.PLAIN;
        };
    }
}
