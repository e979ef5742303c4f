package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.registry.Catalog;
import io.orrery.sandbox.kubernetes.registry.Served;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Everything that is served in one answer, for clients that ask for it (apidiscovery.k8s.io/v2). */
final class AggregatedDiscovery {
    private static final String CONTENT_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static final Pattern WANTED = Pattern.compile("v=v2(?![a-z0-9])");

    private AggregatedDiscovery() {}

    static boolean wanted(Exchange exchange) {
        var accept = exchange.header("Accept").replace(" ", "");
        return accept.contains("as=APIGroupDiscoveryList")
                && WANTED.matcher(accept).find();
    }

    static Answer answer(Catalog catalog, String root) {
        var node = Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        node.putObject("metadata");
        var items = node.putArray("items");
        groups(catalog, root).forEach(group -> items.add(group(catalog, group)));
        return new Answer.Body(200, CONTENT_TYPE, Buffer.buffer(Json.bytes(node)));
    }

    private static List<String> groups(Catalog catalog, String root) {
        return catalog.all().stream()
                .map(served -> served.type().group())
                .filter(group -> group.isEmpty() == root.equals("/api"))
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .toList();
    }

    private static ObjectNode group(Catalog catalog, String name) {
        var node = Json.object();
        var metadata = node.putObject("metadata").putNull("creationTimestamp");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        var versions = node.putArray("versions");
        for (var version : Versions.of(catalog, name)) {
            var entry = versions.addObject().put("version", version).put("freshness", "Current");
            var resources = entry.putArray("resources");
            catalog.all().stream()
                    .map(Served::type)
                    .filter(type -> type.group().equals(name) && type.version().equals(version))
                    .forEach(type -> resources.add(resource(type)));
        }
        return node;
    }

    private static ObjectNode resource(ResourceType type) {
        var node = Json.object().put("resource", type.plural());
        node.set("responseKind", kind(type.group(), type.version(), type.kind()));
        node.put("scope", type.namespaced() ? "Namespaced" : "Cluster").put("singularResource", type.singular());
        var verbs = node.putArray("verbs");
        type.verbs().forEach(verbs::add);
        var names = node.putArray("shortNames");
        type.shortNames().forEach(names::add);
        var categories = node.putArray("categories");
        type.categories().forEach(categories::add);
        var parts = node.putArray("subresources");
        type.subresources().stream().sorted().forEach(subresource -> {
            var form = SubresourceForms.of(type, subresource);
            var part = parts.addObject().put("subresource", subresource.path());
            part.set("responseKind", kind(form.group(), form.version(), form.kind()));
            var its = part.putArray("verbs");
            subresource.verbs().forEach(its::add);
        });
        return node;
    }

    private static ObjectNode kind(String group, String version, String kind) {
        return Json.object().put("group", group).put("version", version).put("kind", kind);
    }
}
