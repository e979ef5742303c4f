package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.model.Subresource;
import io.orrery.sandbox.kubernetes.registry.DeleteOptions;
import io.orrery.sandbox.kubernetes.registry.Part;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Served;
import java.util.Set;
import java.util.function.Supplier;

/** The verbs on parts of objects. */
final class SubresourceVerbs {
    /** Upstream has these, this server doesn't. */
    private static final Set<String> KNOWN_ELSEWHERE =
            Set.of("exec", "attach", "ephemeralcontainers", "resize", "approval");

    private final Registry registry;
    private final ServiceAccountTokenRequests tokens;
    private final PodLogs logs;
    private final Proxying proxying;
    private final PortForwards portForwards;

    SubresourceVerbs(Registry registry, ServiceAccountTokenRequests tokens) {
        this.registry = registry;
        this.tokens = tokens;
        this.logs = new PodLogs(registry);
        this.proxying = new Proxying(registry);
        this.portForwards = new PortForwards(registry);
    }

    Answer answer(Exchange exchange, ResourcePath path, Served served) {
        if (KNOWN_ELSEWHERE.contains(path.subresource())) {
            throw ApiError.notImplemented("the subresource " + path.subresource() + " is not served here");
        }
        var subresource =
                Subresource.of(path.subresource()).filter(served.type()::has).orElseThrow(ApiError::noSuchPath);
        return switch (subresource) {
            case STATUS -> onPart(exchange, path, served, Part.STATUS);
            case FINALIZE -> onPart(exchange, path, served, Part.FINALIZE);
            case TOKEN ->
                only(
                        "POST",
                        exchange,
                        () -> Answer.json(201, tokens.answer(path.namespace(), path.name(), exchange.object())));
            case SCALE -> scale(exchange, path, served);
            case BINDING -> only("POST", exchange, () -> bind(exchange, path));
            case EVICTION -> only("POST", exchange, () -> evict(exchange, path));
            case LOG -> only("GET", exchange, () -> logs.answer(exchange, path));
            case PROXY -> proxying.answer(exchange, path);
            case PORTFORWARD -> portForwards.answer(exchange, path);
        };
    }

    private Answer onPart(Exchange exchange, ResourcePath path, Served served, Part part) {
        return switch (exchange.method().name()) {
            case "GET" ->
                Presentation.of(exchange, served).answer(200, registry.get(served, path.namespace(), path.name()));
            case "PUT" -> {
                var body = Bodies.ofKind(served, exchange.object());
                Bodies.nameIfMissing(body, path.name());
                var updated = registry.update(
                        served, path.namespace(), path.name(), part, Options.of(exchange), before -> body);
                yield Presentation.of(exchange, served).answer(200, updated);
            }
            case "PATCH" -> {
                var patched = registry.patch(
                        served,
                        path.namespace(),
                        path.name(),
                        part,
                        PatchBodies.read(exchange, served),
                        Options.of(exchange));
                yield Presentation.of(exchange, served).answer(200, patched.object());
            }
            default -> throw notAllowed();
        };
    }

    private static Answer only(String method, Exchange exchange, Supplier<Answer> answer) {
        if (!exchange.method().name().equals(method)) {
            throw notAllowed();
        }
        return answer.get();
    }

    private Answer scale(Exchange exchange, ResourcePath path, Served served) {
        var namespace = path.namespace();
        var name = path.name();
        return Answer.json(
                switch (exchange.method().name()) {
                    case "GET" -> registry.scale(served, namespace, name);
                    case "PUT" -> {
                        var body = exchange.object();
                        yield registry.rescale(served, namespace, name, Options.of(exchange), before -> body);
                    }
                    case "PATCH" ->
                        registry.patchScale(
                                served, namespace, name, Options.of(exchange), PatchBodies.readForScale(exchange));
                    default -> throw notAllowed();
                });
    }

    private Answer bind(Exchange exchange, ResourcePath path) {
        registry.pods().bind(path.namespace(), path.name(), exchange.object(), Options.of(exchange));
        return success();
    }

    private Answer evict(Exchange exchange, ResourcePath path) {
        var options = DeleteOptions.of(exchange.object().path("deleteOptions"), exchange.query());
        registry.pods().evict(path.namespace(), path.name(), options, Options.of(exchange));
        return success();
    }

    private static Answer success() {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return Answer.json(201, status.put("status", "Success").put("code", 201));
    }

    private static ApiError notAllowed() {
        return ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
    }
}
