package io.orrery.sandbox.kubernetes.store;

import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.model.ResourceType;

/**
 * Where an object is stored.
 *
 * @param namespace empty for cluster-wide objects
 */
public record Key(GroupResource resource, String namespace, String name) {
    public static Key of(ResourceType type, String namespace, String name) {
        return new Key(type.storage(), type.namespaced() ? namespace : "", name);
    }

    /** Sorts as etcd's keys do: lists come out by namespace, then name. */
    String path() {
        return namespace + "/" + name;
    }
}
