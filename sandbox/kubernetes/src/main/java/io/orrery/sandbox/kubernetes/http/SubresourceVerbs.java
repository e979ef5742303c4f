package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.model.Subresource;
import io.orrery.sandbox.kubernetes.registry.Part;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Served;

/** The verbs on parts of objects. */
final class SubresourceVerbs {
    private final Registry registry;
    private final ServiceAccountTokenRequests tokens;

    SubresourceVerbs(Registry registry, ServiceAccountTokenRequests tokens) {
        this.registry = registry;
        this.tokens = tokens;
    }

    Answer answer(Exchange exchange, ResourcePath path, Served served) {
        var subresource =
                Subresource.of(path.subresource()).filter(served.type()::has).orElseThrow(ApiError::noSuchPath);
        return switch (subresource) {
            case STATUS -> onPart(exchange, path, served, Part.STATUS);
            case FINALIZE -> onPart(exchange, path, served, Part.FINALIZE);
            case TOKEN -> token(exchange, path);
            case SCALE, BINDING, EVICTION, LOG, PROXY ->
                throw ApiError.notImplemented("the subresource " + subresource.path() + " is not served here");
        };
    }

    private Answer onPart(Exchange exchange, ResourcePath path, Served served, Part part) {
        return switch (exchange.method().name()) {
            case "GET" -> Presentation.of(exchange).answer(200, registry.get(served, path.namespace(), path.name()));
            case "PUT" -> {
                var body = Bodies.ofKind(served, exchange.object());
                Bodies.nameIfMissing(body, path.name());
                var updated = registry.update(
                        served, path.namespace(), path.name(), part, Options.of(exchange), before -> body);
                yield Presentation.of(exchange).answer(200, updated);
            }
            case "PATCH" -> {
                var patched = registry.patch(
                        served,
                        path.namespace(),
                        path.name(),
                        part,
                        PatchBodies.read(exchange, served),
                        Options.of(exchange));
                yield Presentation.of(exchange).answer(200, patched.object());
            }
            default -> throw notAllowed();
        };
    }

    private Answer token(Exchange exchange, ResourcePath path) {
        if (!exchange.method().name().equals("POST")) {
            throw notAllowed();
        }
        return Answer.json(201, tokens.answer(path.namespace(), path.name(), exchange.object()));
    }

    private static ApiError notAllowed() {
        return ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
    }
}
