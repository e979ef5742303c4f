package io.orrery.sandbox.kubernetes.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path of the resource API, taken apart as upstream's request info resolver does.
 *
 * @param namespace empty for cluster-wide requests
 * @param name empty for collections
 * @param subresource empty for the object itself
 * @param rest what follows the subresource, for proxies; begins with / or is empty
 */
public record ResourcePath(
        String group, String version, String namespace, String resource, String name, String subresource, String rest) {

    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    /** Empty when the path is no resource path (discovery, health, unknown). Segments are decoded already. */
    public static Optional<ResourcePath> parse(String path) {
        var parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        if (parts.size() > 2 && parts.getFirst().equals("api")) {
            return Optional.of(inVersion("", parts.get(1), parts.subList(2, parts.size())));
        }
        if (parts.size() > 3 && parts.getFirst().equals("apis")) {
            return Optional.of(inVersion(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
        }
        return Optional.empty();
    }

    private static ResourcePath inVersion(String group, String version, List<String> parts) {
        var namespaced =
                parts.size() > 2 && parts.getFirst().equals("namespaces") && !OF_NAMESPACES.contains(parts.get(2));
        var namespace = namespaced ? parts.get(1) : "";
        var own = namespaced ? parts.subList(2, parts.size()) : parts;
        var rest = own.size() > 3 ? "/" + String.join("/", own.subList(3, own.size())) : "";
        return new ResourcePath(group, version, namespace, own.getFirst(), part(own, 1), part(own, 2), rest);
    }

    private static String part(List<String> parts, int index) {
        return parts.size() > index ? parts.get(index) : "";
    }

    public boolean isCollection() {
        return name.isEmpty();
    }

    /** The path with names left out, for counting calls. */
    public String template() {
        var prefix = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return prefix
                + (namespace.isEmpty() ? "" : "/namespaces/{namespace}")
                + "/"
                + resource
                + (name.isEmpty() ? "" : "/{name}")
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + (rest.isEmpty() ? "" : "/{path}");
    }
}
