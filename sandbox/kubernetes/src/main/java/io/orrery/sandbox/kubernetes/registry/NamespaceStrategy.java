package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;

/** Namespaces stay until their contents are gone: {@code spec.finalizers} holds them, and only finalize may change it. */
final class NamespaceStrategy implements Strategy {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void prepareCreate(ObjectNode namespace) {
        Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
        Json.child(namespace, "status").put("phase", "Active");
        label(namespace);
    }

    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        label(after);
    }

    private static void label(ObjectNode namespace) {
        var metadata = Metadata.in(namespace);
        Json.child(metadata.node(), "labels").put(NAME_LABEL, metadata.name());
    }
}
