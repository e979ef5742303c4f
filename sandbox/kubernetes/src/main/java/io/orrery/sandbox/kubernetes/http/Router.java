package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import java.util.Set;

/** Finds who answers a path. What nobody knows is 404, never an empty 200. */
public final class Router {
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

    private final Discovery discovery;
    private final ResourceVerbs verbs;

    public Router(Discovery discovery, ResourceVerbs verbs) {
        this.discovery = discovery;
        this.verbs = verbs;
    }

    /** What upstream's system:public-info-viewer role lets everybody see. */
    static boolean isOpen(String path) {
        return path.equals("/version") || HEALTH.contains(path);
    }

    Answer answer(Exchange exchange) {
        if (HEALTH.contains(exchange.path())) {
            return Answer.text("ok");
        }
        var resource = ResourcePath.parse(exchange.path())
                .filter(path -> !path.resource().isEmpty());
        if (resource.isPresent()) {
            return verbs.answer(exchange, resource.get());
        }
        if (!exchange.method().name().equals("GET")) {
            throw ApiError.noSuchPath();
        }
        return discovery.answer(exchange).orElseThrow(ApiError::noSuchPath);
    }
}
