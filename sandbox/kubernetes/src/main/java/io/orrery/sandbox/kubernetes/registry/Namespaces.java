package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.store.Key;
import io.orrery.sandbox.kubernetes.store.Store;

/** The rule of upstream's NamespaceLifecycle admission: nothing new in a namespace that is missing or going away. */
final class Namespaces {
    static final GroupResource RESOURCE = new GroupResource("", "namespaces");

    private Namespaces() {}

    static void checkOpen(Store store, Served namespaces, ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        var found = store.get(new Key(RESOURCE, "", namespace))
                .orElseThrow(() -> ApiError.notFound(namespaces.type(), namespace));
        if (isTerminating(found)) {
            throw ApiError.namespaceTerminating(type, name, namespace);
        }
    }

    static boolean isNamespace(ObjectNode object) {
        return object.path("kind").asText().equals("Namespace")
                && object.path("apiVersion").asText().equals("v1");
    }

    static boolean isTerminating(ObjectNode namespace) {
        return namespace.path("status").path("phase").asText().equals("Terminating");
    }
}
