package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import java.util.List;
import java.util.Map;

/** What every cluster has from the beginning. */
public final class DefaultObjects {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final Map<String, Integer> PRIORITIES =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    private final Registry registry;

    public DefaultObjects(Registry registry) {
        this.registry = registry;
    }

    public void create() {
        NAMESPACES.forEach(name -> create("v1", "Namespace", "", named(name)));
        PRIORITIES.forEach((name, value) ->
                create("scheduling.k8s.io/v1", "PriorityClass", "", named(name).put("value", value)));
    }

    /** The service {@code kubernetes}, by which pods find the API server, with its address behind it. */
    public void announce(String address, int port) {
        var service = named("kubernetes");
        var spec = service.putObject("spec").put("clusterIP", "10.43.0.1");
        spec.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", 443)
                .put("protocol", "TCP")
                .put("targetPort", port);
        create("v1", "Service", "default", service);
        var slice = named("kubernetes").put("addressType", "IPv4");
        Json.child(Json.child(slice, "metadata"), "labels").put("kubernetes.io/service-name", "kubernetes");
        var endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(address);
        endpoint.putObject("conditions").put("ready", true);
        slice.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP");
        create("discovery.k8s.io/v1", "EndpointSlice", "default", slice);
    }

    private void create(String apiVersion, String kind, String namespace, ObjectNode object) {
        var served = registry.catalog().findKind(apiVersion, kind).orElseThrow();
        registry.create(served, namespace, object, WriteOptions.OWN);
    }

    private static ObjectNode named(String name) {
        var object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }
}
