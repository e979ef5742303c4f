package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.FieldSelector;
import io.orrery.sandbox.kubernetes.model.LabelSelector;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.registry.ListOptions;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Selection;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The proxies of services and pods: finds out where a request is to go. Loopback addresses are allowed, unlike upstream,
 * for here that is where pods are.
 */
final class Proxying {
    /** Of the connection to us, or not the target's business (upstream strips the credentials too). */
    private static final Set<String> KEPT_BACK = Set.of(
            "host",
            "authorization",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "content-length");

    private final Registry registry;

    Proxying(Registry registry) {
        this.registry = registry;
    }

    /** An address that a service's port leads to. */
    private record Target(String address, int port) {}

    Answer answer(Exchange exchange, ResourcePath path) {
        var id = ProxyId.parse(path.name());
        var target = path.resource().equals("services") ? service(path.namespace(), id) : pod(path.namespace(), id);
        var uri = rest(exchange.uri());
        if (uri.isEmpty() || uri.startsWith("?")) {
            return Answer.moved(exchange.path() + "/" + uri);
        }
        return new Answer.Passed(new Upstream(
                id.isTls(),
                target.address(),
                target.port(),
                exchange.method(),
                uri,
                passed(exchange.headers()),
                exchange.body(),
                "service"));
    }

    /** What follows /proxy, as the client encoded it. */
    private static String rest(String uri) {
        var marker = "/proxy";
        return uri.substring(uri.indexOf(marker, uri.indexOf("/namespaces/")) + marker.length());
    }

    static MultiMap passed(MultiMap headers) {
        var passed = MultiMap.caseInsensitiveMultiMap();
        headers.forEach((name, value) -> {
            if (!KEPT_BACK.contains(name.toLowerCase(Locale.ROOT))) {
                passed.add(name, value);
            }
        });
        return passed;
    }

    private Target service(String namespace, ProxyId id) {
        var service = registry.get(registry.core("services"), namespace, id.name());
        var port = servicePort(service, id);
        var targets = new ArrayList<Target>();
        slices(namespace, id.name()).forEach(slice -> collect(slice, port, targets));
        if (targets.isEmpty()) {
            registry.find(registry.core("endpoints"), namespace, id.name())
                    .ifPresent(endpoints -> collectFromEndpoints(endpoints, port, targets));
        }
        if (targets.isEmpty()) {
            throw ApiError.unavailable("no endpoints available for service \"" + id.name() + "\"");
        }
        return targets.get(ThreadLocalRandom.current().nextInt(targets.size()));
    }

    /** The name of the service's port that is meant; the only one needs no naming. */
    private static String servicePort(ObjectNode service, ProxyId id) {
        var ports = service.path("spec").path("ports");
        for (var port : ports) {
            if (id.port().equals(port.path("name").asText(""))
                    || id.port().equals(port.path("port").asText())) {
                return port.path("name").asText("");
            }
        }
        if (id.port().isEmpty() && ports.size() == 1) {
            return ports.get(0).path("name").asText("");
        }
        throw ApiError.unavailable("no service port \"" + id.port() + "\" found for service \"" + id.name() + "\"");
    }

    private List<ObjectNode> slices(String namespace, String service) {
        var type = registry.catalog()
                .find("discovery.k8s.io", "v1", "endpointslices")
                .orElseThrow();
        var selection = new Selection(
                namespace, LabelSelector.parse("kubernetes.io/service-name=" + service), FieldSelector.EVERYTHING);
        return registry.list(type, selection, ListOptions.NEWEST).items();
    }

    private static void collect(ObjectNode slice, String portName, List<Target> targets) {
        numbered(slice.path("ports"), portName)
                .ifPresent(number -> slice.path("endpoints").forEach(endpoint -> {
                    if (endpoint.path("conditions").path("ready").asBoolean(true)) {
                        endpoint.path("addresses")
                                .forEach(address -> targets.add(new Target(address.asText(), number)));
                    }
                }));
    }

    private static void collectFromEndpoints(ObjectNode endpoints, String portName, List<Target> targets) {
        endpoints.path("subsets").forEach(subset -> numbered(subset.path("ports"), portName)
                .ifPresent(number -> subset.path("addresses")
                        .forEach(address ->
                                targets.add(new Target(address.path("ip").asText(), number)))));
    }

    private static Optional<Integer> numbered(JsonNode ports, String name) {
        for (var port : ports) {
            if (port.path("name").asText("").equals(name)) {
                return Optional.of(port.path("port").asInt());
            }
        }
        return Optional.empty();
    }

    private Target pod(String namespace, ProxyId id) {
        var pod = registry.get(registry.core("pods"), namespace, id.name());
        var address = pod.path("status").path("podIP").asText("");
        if (address.isEmpty()) {
            throw ApiError.badRequest("address not allowed: the pod has no address yet");
        }
        return new Target(address, id.port().isEmpty() ? firstPort(pod) : id.portNumber());
    }

    private static int firstPort(ObjectNode pod) {
        for (var container : pod.path("spec").path("containers")) {
            if (!container.path("ports").isEmpty()) {
                return container.path("ports").get(0).path("containerPort").asInt();
            }
        }
        return 80;
    }
}
