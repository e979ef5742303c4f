package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names one object of a kind; the namespace is empty for those that are cluster-wide. */
public record ObjectKey(String namespace, String name) {

    public static ObjectKey of(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return new ObjectKey(
                namespace == null ? "" : namespace, object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
