package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.FieldSelector;
import io.orrery.sandbox.kubernetes.model.LabelSelector;
import io.orrery.sandbox.kubernetes.model.Metadata;

/**
 * Which objects of a resource are meant.
 *
 * @param namespace empty for all of them
 */
public record Selection(String namespace, LabelSelector labels, FieldSelector fields) {
    /** Everything in the namespace; empty for all namespaces. */
    public static Selection inNamespace(String namespace) {
        return new Selection(namespace, LabelSelector.EVERYTHING, FieldSelector.EVERYTHING);
    }

    boolean isFiltered() {
        return !labels.isEverything() || !fields.isEverything();
    }

    boolean includes(ObjectNode object) {
        return isInNamespace(Metadata.of(object).namespace()) && matches(object);
    }

    boolean isInNamespace(String other) {
        return namespace.isEmpty() || namespace.equals(other);
    }

    private boolean matches(JsonNode object) {
        return labels.matches(object) && fields.matches(object);
    }
}
