package io.orrery.sandbox.kubernetes.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.registry.Registry;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out which ports of a pod are to be forwarded (upstream: registry/core/pod/rest, and the kubelet's
 * portforward/websocket.go). Loopback addresses are allowed, as with the proxies: here that is where pods are.
 */
final class PortForwards {
    /** Binary; the first byte of each message is its channel. */
    static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int HIGHEST_PORT = 65_535;

    private final Registry registry;

    PortForwards(Registry registry) {
        this.registry = registry;
    }

    Answer answer(Exchange exchange, ResourcePath path) {
        var pod = registry.get(registry.core("pods"), path.namespace(), path.name());
        var address = pod.path("status").path("podIP").asText("");
        if (address.isEmpty()) {
            throw ApiError.badRequest("pod " + path.name() + " does not have a host assigned");
        }
        if (!exchange.header("Upgrade").equalsIgnoreCase("websocket")) {
            throw ApiError.badRequest("Upgrade request required");
        }
        if (Arrays.stream(exchange.header("Sec-WebSocket-Protocol").split(",", -1))
                .map(String::strip)
                .noneMatch(PROTOCOL::equals)) {
            throw ApiError.notImplemented("ports are forwarded by " + PROTOCOL + " only");
        }
        return new Answer.Forwarded(path.name(), address, ports(exchange.uri()));
    }

    private static List<Integer> ports(String uri) {
        var named = new QueryStringDecoder(uri).parameters().getOrDefault("ports", List.of());
        if (named.isEmpty()) {
            throw ApiError.badRequest("query parameter \"ports\" is required");
        }
        return named.stream().map(PortForwards::port).toList();
    }

    private static int port(String text) {
        try {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("unable to parse \"" + text + "\" as a port");
        }
        throw ApiError.badRequest("invalid port \"" + text + "\"");
    }
}
