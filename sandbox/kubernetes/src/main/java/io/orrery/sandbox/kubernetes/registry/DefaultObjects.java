package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.List;

/** What every cluster has from the beginning. */
public final class DefaultObjects {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private DefaultObjects() {}

    public static void create(Registry registry) {
        var namespaces = registry.core("namespaces");
        NAMESPACES.forEach(name -> registry.create(namespaces, "", named("v1", "Namespace", name), WriteOptions.OWN));
    }

    private static ObjectNode named(String apiVersion, String kind, String name) {
        var object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }
}
