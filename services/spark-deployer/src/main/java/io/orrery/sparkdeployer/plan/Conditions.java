package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/** Reads what objects say of themselves. */
final class Conditions {

    private Conditions() {}

    static boolean isEstablished(GenericKubernetesResource definition) {
        List<Map<String, Object>> conditions = definition.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    /** Of a StatefulSet. */
    static boolean isReady(GenericKubernetesResource set) {
        Integer wanted = set.get("spec", "replicas");
        Integer ready = set.get("status", "readyReplicas");
        return wanted != null && wanted.equals(ready);
    }
}
