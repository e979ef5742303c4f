package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ResourcePath;
import java.util.Locale;
import java.util.Optional;

/** The word for a request, as RBAC and audit logs use it. */
final class Verb {
    private Verb() {}

    static String of(Exchange exchange, Optional<ResourcePath> path) {
        var method = exchange.method().name();
        if (path.isEmpty()) {
            return method.toLowerCase(Locale.ROOT);
        }
        var collection = path.get().isCollection();
        return switch (method) {
            case "GET", "HEAD" -> isWatch(exchange) ? "watch" : collection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    static boolean isWatch(Exchange exchange) {
        var watch = exchange.query().getOrDefault("watch", "false");
        return watch.equals("true") || watch.equals("1") || watch.isEmpty();
    }
}
