package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import io.orrery.sandbox.kubernetes.registry.Catalog;
import io.orrery.sandbox.kubernetes.registry.Served;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Tells clients what is served: /version, /api, /apis and below. */
public final class Discovery {
    private final Catalog catalog;
    private final ServerVersion version;
    private final OpenApi openApi;

    public Discovery(Catalog catalog, ServerVersion version) {
        this.catalog = catalog;
        this.version = version;
        this.openApi = new OpenApi(catalog, version);
    }

    Optional<Answer> answer(Exchange exchange) {
        var path = exchange.path().endsWith("/")
                ? exchange.path().substring(0, exchange.path().length() - 1)
                : exchange.path();
        var parts = Arrays.asList(path.split("/", -1));
        return switch (parts.size() > 1 ? parts.get(1) : "") {
            case "version" -> only(parts.size() == 2, version.json());
            case "api" -> core(parts, exchange);
            case "apis" -> groups(parts, exchange);
            case "openapi" -> openApi.answer(exchange);
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> only(boolean known, ObjectNode node) {
        return known ? Optional.of(Answer.json(node)) : Optional.empty();
    }

    private Optional<Answer> core(List<String> parts, Exchange exchange) {
        if (parts.size() == 2) {
            return AggregatedDiscovery.wanted(exchange)
                    ? Optional.of(AggregatedDiscovery.answer(catalog, "/api"))
                    : Optional.of(Answer.json(coreVersions(exchange)));
        }
        return resources("", parts.size() == 3 ? parts.get(2) : "");
    }

    private Optional<Answer> groups(List<String> parts, Exchange exchange) {
        if (parts.size() == 2) {
            return AggregatedDiscovery.wanted(exchange)
                    ? Optional.of(AggregatedDiscovery.answer(catalog, "/apis"))
                    : Optional.of(Answer.json(groupList()));
        }
        if (parts.size() == 3) {
            return names().contains(parts.get(2)) && !parts.get(2).isEmpty()
                    ? Optional.of(Answer.json(group(parts.get(2), true)))
                    : Optional.empty();
        }
        return resources(parts.get(2), parts.size() == 4 ? parts.get(3) : "");
    }

    private static ObjectNode coreVersions(Exchange exchange) {
        var node = Json.object().put("kind", "APIVersions");
        node.putArray("versions").add("v1");
        node.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", exchange.header("Host"));
        return node;
    }

    private ObjectNode groupList() {
        var node = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = node.putArray("groups");
        names().stream().filter(name -> !name.isEmpty()).forEach(name -> groups.add(group(name, false)));
        return node;
    }

    private SequencedSet<String> names() {
        var names = new LinkedHashSet<String>();
        catalog.all().forEach(served -> names.add(served.type().group()));
        return names;
    }

    private ObjectNode group(String name, boolean alone) {
        var node = Json.object();
        if (alone) {
            node.put("kind", "APIGroup").put("apiVersion", "v1");
        }
        node.put("name", name);
        var versions = Versions.of(catalog, name);
        var array = node.putArray("versions");
        versions.forEach(each -> array.add(groupVersion(name, each)));
        node.set("preferredVersion", groupVersion(name, versions.getFirst()));
        return node;
    }

    private static ObjectNode groupVersion(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    private Optional<Answer> resources(String group, String version) {
        var types = catalog.all().stream()
                .map(Served::type)
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .toList();
        if (types.isEmpty()) {
            return Optional.empty();
        }
        var node = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", types.getFirst().apiVersion());
        var array = node.putArray("resources");
        for (var type : types) {
            array.add(resource(type));
            type.subresources().stream()
                    .sorted()
                    .forEach(subresource -> array.add(SubresourceForms.listed(type, subresource)));
        }
        return Optional.of(Answer.json(node));
    }

    private static ObjectNode resource(ResourceType type) {
        var node = Json.object()
                .put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        var verbs = node.putArray("verbs");
        type.verbs().forEach(verbs::add);
        if (!type.shortNames().isEmpty()) {
            var names = node.putArray("shortNames");
            type.shortNames().forEach(names::add);
        }
        if (!type.categories().isEmpty()) {
            var categories = node.putArray("categories");
            type.categories().forEach(categories::add);
        }
        return node;
    }
}
