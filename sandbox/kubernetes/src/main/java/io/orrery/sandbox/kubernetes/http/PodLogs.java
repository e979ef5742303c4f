package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Fetches a container's log from the kubelet of its node (upstream: registry/core/pod/strategy.go, LogLocation). */
final class PodLogs {
    private static final Set<String> OPTIONS =
            Set.of("follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes");
    private static final int KUBELET_PORT = 10_250;
    private static final List<String> PREFERRED_ADDRESSES =
            List.of("Hostname", "InternalDNS", "InternalIP", "ExternalDNS", "ExternalIP");

    private final Registry registry;

    PodLogs(Registry registry) {
        this.registry = registry;
    }

    Answer answer(Exchange exchange, ResourcePath path) {
        var pod = registry.get(registry.core("pods"), path.namespace(), path.name());
        var container = container(pod, exchange.query().getOrDefault("container", ""));
        var nodeName = pod.path("spec").path("nodeName").asText("");
        if (nodeName.isEmpty()) {
            // As upstream: a pod that no node has taken has said nothing.
            return Answer.text("");
        }
        var node = registry.find(registry.core("nodes"), "", nodeName)
                .orElseThrow(() -> ApiError.internal("node \"" + nodeName + "\" not found"));
        var query = new QueryStringEncoder("/containerLogs/" + path.namespace() + "/" + path.name() + "/" + container);
        exchange.query().forEach((name, value) -> {
            if (OPTIONS.contains(name)) {
                query.addParam(name, value);
            }
        });
        return new Answer.Passed(new Upstream(
                true,
                address(node, nodeName),
                port(node),
                HttpMethod.GET,
                query.toString(),
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(),
                "kubelet"));
    }

    private static String container(ObjectNode pod, String asked) {
        var names = new ArrayList<String>();
        for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
            pod.path("spec")
                    .path(list)
                    .forEach(container -> names.add(container.path("name").asText()));
        }
        var name = pod.path("metadata").path("name").asText();
        if (!asked.isEmpty()) {
            if (!names.contains(asked)) {
                throw ApiError.badRequest("container " + asked + " is not valid for pod " + name);
            }
            return asked;
        }
        if (names.size() != 1) {
            throw ApiError.badRequest("a container name must be specified for pod " + name + ", choose one of: ["
                    + String.join(" ", names) + "]");
        }
        return names.getFirst();
    }

    /** By the order of kube-apiserver's --kubelet-preferred-address-types. */
    private static String address(ObjectNode node, String name) {
        var addresses = node.path("status").path("addresses");
        return PREFERRED_ADDRESSES.stream()
                .flatMap(type -> StreamSupport.stream(addresses.spliterator(), false)
                        .filter(address -> address.path("type").asText().equals(type)))
                .map(address -> address.path("address").asText())
                .findFirst()
                .orElseThrow(() -> ApiError.internal(
                        "no preferred addresses found for node \"" + name + "\"; known addresses: []"));
    }

    private static int port(JsonNode node) {
        return node.path("status")
                .path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .asInt(KUBELET_PORT);
    }
}
