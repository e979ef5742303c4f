package io.orrery.sparkdeployer.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Remains;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sorts out what belongs to a platform. Batch jobs bear no label of ours: openEO makes them. In a namespace that we made all
 * Spark applications are the platform's; elsewhere those that report to its registry under its id.
 */
final class Leftovers {

    private static final String BACKEND_ID = "OPENEO_EJR_BACKEND_ID";

    private final KubernetesCluster cluster;
    private final Uid uid;
    private final String backendId;

    Leftovers(KubernetesCluster cluster, Uid uid, String backendId) {
        this.cluster = cluster;
        this.uid = uid;
        this.backendId = backendId;
    }

    Remains look() {
        var ours = cluster.marked(uid).keySet();
        var made = ours.stream()
                .filter(key -> key.kind() == Kind.NAMESPACE)
                .map(ObjectKey::name)
                .collect(Collectors.toSet());
        var inhabited = ours.stream().map(ObjectKey::namespace).collect(Collectors.toSet());
        Set<ObjectKey> applications = new HashSet<>();
        Set<ObjectKey> strangers = new HashSet<>();
        for (var application : cluster.applications()) {
            var key = ObjectKey.of(application);
            var belongs = ours.contains(key)
                    || made.contains(key.namespace())
                    || (inhabited.contains(key.namespace()) && reports(application));
            (belongs ? applications : strangers).add(key);
        }
        var pods = cluster.sparkPods()
                .filter(pod -> made.contains(namespace(pod)) || (inhabited.contains(namespace(pod)) && belongs(pod)))
                .map(pod -> namespace(pod) + "/" + pod.getMetadata().getName())
                .collect(Collectors.toSet());
        return new Remains(ours, applications, pods, strangers);
    }

    private boolean reports(GenericKubernetesResource application) {
        List<Map<String, Object>> env = application.get("spec", "driver", "env");
        return env != null
                && env.stream()
                        .anyMatch(variable ->
                                BACKEND_ID.equals(variable.get("name")) && backendId.equals(variable.get("value")));
    }

    private boolean belongs(Pod pod) {
        return Names.OPENEO.equals(pod.getMetadata().getLabels().get(Marks.APP_NAME))
                || pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getEnv().stream())
                        .anyMatch(this::isOurs);
    }

    private boolean isOurs(EnvVar variable) {
        return BACKEND_ID.equals(variable.getName()) && backendId.equals(variable.getValue());
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }
}
