package io.orrery.sparkdeployer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Whether an object holds what a manifest says. What a server or others add beside it does not matter. A value that a
 * server writes in another form than we do counts as a difference: that costs an apply that changes nothing, and no harm.
 */
final class Likeness {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Likeness() {}

    static boolean holds(GenericKubernetesResource observed, GenericKubernetesResource wanted) {
        return holds(tree(observed), tree(wanted));
    }

    private static JsonNode tree(GenericKubernetesResource object) {
        return SERIALIZATION.convertValue(object, JsonNode.class);
    }

    private static boolean holds(JsonNode observed, JsonNode wanted) {
        if (observed == null) {
            return isNothing(wanted);
        }
        if (wanted.isObject()) {
            return observed.isObject()
                    && wanted.properties().stream()
                            .allMatch(field -> holds(observed.get(field.getKey()), field.getValue()));
        }
        if (wanted.isArray()) {
            return observed.size() == wanted.size() && elementsHold(observed, wanted);
        }
        return (wanted.isNumber() && observed.isNumber())
                ? wanted.decimalValue().compareTo(observed.decimalValue()) == 0
                : wanted.equals(observed);
    }

    private static boolean elementsHold(JsonNode observed, JsonNode wanted) {
        for (var i = 0; i < wanted.size(); i++) {
            if (!holds(observed.get(i), wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNothing(JsonNode wanted) {
        return wanted.isNull() || (wanted.isContainerNode() && wanted.isEmpty());
    }
}
