package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.auth.ServiceAccountTokens;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.FieldSelector;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.LabelSelector;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.registry.DeleteOptions;
import io.orrery.sandbox.kubernetes.registry.ListOptions;
import io.orrery.sandbox.kubernetes.registry.Page;
import io.orrery.sandbox.kubernetes.registry.Part;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Selection;
import io.orrery.sandbox.kubernetes.registry.Served;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The verbs on objects and collections; subresources go on to {@link SubresourceVerbs}. */
public final class ResourceVerbs {
    /** Upstream ends a watch that gave no time of its own after 30 to 60 minutes. */
    private static final Duration SHORTEST_WATCH = Duration.ofMinutes(30);

    /** Kinds whose deletion answers with the object and not with a Status (upstream: ReturnDeletedObject). */
    private static final Set<String> RETURNED = Set.of(
            "pods",
            "persistentvolumes",
            "persistentvolumeclaims",
            "podtemplates",
            "resourcequotas",
            "serviceaccounts",
            "services");

    private final Registry registry;
    private final SubresourceVerbs subresources;
    private final Reviews reviews;

    public ResourceVerbs(Registry registry, ServiceAccountTokens tokens, Clock clock) {
        this.reviews = new Reviews(tokens);
        this.registry = registry;
        this.subresources = new SubresourceVerbs(registry, new ServiceAccountTokenRequests(registry, tokens, clock));
    }

    Answer answer(Exchange exchange, ResourcePath path) {
        var served = registry.catalog()
                .find(path.group(), path.version(), path.resource())
                .filter(found -> found.type().namespaced() || path.namespace().isEmpty())
                .orElseThrow(ApiError::noSuchPath);
        if (!path.subresource().isEmpty()) {
            return subresources.answer(exchange, path, served);
        }
        if (served.type().namespaced() && path.namespace().isEmpty() && !path.isCollection()) {
            throw ApiError.noSuchPath();
        }
        if (!served.type().stored()) {
            return reviews.answer(exchange, path, served);
        }
        return path.isCollection() ? onCollection(exchange, path, served) : onObject(exchange, path, served);
    }

    private Answer onCollection(Exchange exchange, ResourcePath path, Served served) {
        return switch (exchange.method().name()) {
            case "GET" -> Verb.isWatch(exchange) ? watch(exchange, path, served) : list(exchange, path, served);
            case "POST" -> create(exchange, path, served);
            case "DELETE" -> deleteAll(exchange, path, served);
            default ->
                throw ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
        };
    }

    private Answer onObject(Exchange exchange, ResourcePath path, Served served) {
        return switch (exchange.method().name()) {
            case "GET" ->
                Verb.isWatch(exchange) && exchange.query().containsKey("watch")
                        ? watch(exchange, path, served)
                        : Presentation.of(exchange, served)
                                .answer(200, registry.get(served, path.namespace(), path.name()));
            case "PUT" -> update(exchange, path, served, Part.MAIN);
            case "PATCH" -> patch(exchange, path, served, Part.MAIN);
            case "DELETE" -> delete(exchange, path, served);
            default ->
                throw ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
        };
    }

    private Answer list(Exchange exchange, ResourcePath path, Served served) {
        var page = registry.list(served, selection(exchange, path, served), ListOptions.of(exchange.query()));
        return Presentation.of(exchange, served).answerList(page);
    }

    private Answer watch(Exchange exchange, ResourcePath path, Served served) {
        var options = ListOptions.of(exchange.query());
        var life = options.timeoutSeconds() > 0
                ? Duration.ofSeconds(options.timeoutSeconds())
                : SHORTEST_WATCH.plusSeconds(ThreadLocalRandom.current().nextLong(SHORTEST_WATCH.toSeconds()));
        var presentation = Presentation.of(exchange, served);
        var watch = registry.watch(served, selection(exchange, path, served), options);
        return new Answer.Events(watch, life, options.bookmarks(), presentation::watched);
    }

    private static Selection selection(Exchange exchange, ResourcePath path, Served served) {
        var selectable = served.custom().map(Served.CustomVersion::selectable).orElse(List.of());
        var fields = exchange.query().getOrDefault("fieldSelector", "");
        var name = path.isCollection() ? "" : ",metadata.name=" + path.name();
        return new Selection(
                path.namespace(),
                LabelSelector.parse(exchange.query().getOrDefault("labelSelector", "")),
                FieldSelector.parse(fields + name, served.type(), Set.copyOf(selectable)));
    }

    private Answer create(Exchange exchange, ResourcePath path, Served served) {
        if (served.type().namespaced() && path.namespace().isEmpty()) {
            throw ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
        }
        var body = Bodies.ofKind(served, exchange.object());
        var created = registry.create(served, path.namespace(), body, Options.of(exchange));
        return Presentation.of(exchange, served).answer(201, created);
    }

    Answer update(Exchange exchange, ResourcePath path, Served served, Part part) {
        var body = Bodies.ofKind(served, exchange.object());
        Bodies.nameIfMissing(body, path.name());
        var updated =
                registry.update(served, path.namespace(), path.name(), part, Options.of(exchange), before -> body);
        return Presentation.of(exchange, served).answer(200, updated);
    }

    Answer patch(Exchange exchange, ResourcePath path, Served served, Part part) {
        var patched = registry.patch(
                served, path.namespace(), path.name(), part, PatchBodies.read(exchange, served), Options.of(exchange));
        return Presentation.of(exchange, served).answer(patched.created() ? 201 : 200, patched.object());
    }

    private Answer delete(Exchange exchange, ResourcePath path, Served served) {
        var options = DeleteOptions.of(exchange.objectIfAny(), exchange.query());
        var deleted = registry.delete(served, path.namespace(), path.name(), options);
        if (!deleted.gone() || RETURNED.contains(served.type().qualifiedPlural())) {
            return Answer.json(deleted.object());
        }
        return Answer.json(success(served, deleted.object()));
    }

    private static ObjectNode success(Served served, JsonNode object) {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        var details = status.putObject("details")
                .put("name", object.path("metadata").path("name").asText());
        if (!served.type().group().isEmpty()) {
            details.put("group", served.type().group());
        }
        details.put("kind", served.type().plural())
                .put("uid", object.path("metadata").path("uid").asText());
        return status;
    }

    private Answer deleteAll(Exchange exchange, ResourcePath path, Served served) {
        if (served.type().namespaced() && path.namespace().isEmpty()) {
            throw ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
        }
        var options = DeleteOptions.of(exchange.objectIfAny(), exchange.query());
        var selection = selection(exchange, path, served);
        var revision = registry.list(served, selection, ListOptions.of(Map.of("limit", "1")))
                .revision();
        var deleted = registry.deleteAll(served, selection, options);
        return Presentation.of(exchange, served).answerList(new Page(revision, deleted, "", OptionalLong.empty()));
    }
}
