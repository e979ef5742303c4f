package io.orrery.sandbox.kubernetes.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One served resource in one version.
 *
 * @param generational whether {@code metadata.generation} is kept, as upstream does for some kinds only
 * @param stored false for reviews, which are answered and forgotten
 */
public record ResourceType(
        String group,
        String version,
        String kind,
        String listKind,
        String plural,
        String singular,
        boolean namespaced,
        boolean generational,
        boolean stored,
        List<String> shortNames,
        List<String> categories,
        Set<Subresource> subresources) {

    public ResourceType {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        subresources = Set.copyOf(subresources);
    }

    static ResourceType of(String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceType(
                group,
                version,
                kind,
                kind + "List",
                plural,
                kind.toLowerCase(Locale.ROOT),
                namespaced,
                false,
                true,
                List.of(),
                List.of(),
                Set.of());
    }

    public GroupResource groupResource() {
        return new GroupResource(group, plural);
    }

    /** Where its objects are kept: the same as the group resource, but both groups of events share one place. */
    public GroupResource storage() {
        return group.equals("events.k8s.io") ? new GroupResource("", plural) : groupResource();
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As upstream's messages name it: {@code deployments.apps}. */
    public String qualifiedPlural() {
        return groupResource().toString();
    }

    /** As upstream's messages name it: {@code Deployment.apps}. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    public boolean has(Subresource subresource) {
        return subresources.contains(subresource);
    }

    public List<String> verbs() {
        return stored
                ? List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")
                : List.of("create");
    }

    ResourceType with(Subresource... more) {
        return copy(generational, stored, shortNames, categories, Set.of(more));
    }

    ResourceType shortly(String... names) {
        return copy(generational, stored, List.of(names), categories, subresources);
    }

    ResourceType inAll() {
        return copy(generational, stored, shortNames, List.of("all"), subresources);
    }

    ResourceType countingGenerations() {
        return copy(true, stored, shortNames, categories, subresources);
    }

    ResourceType onlyAnswered() {
        return copy(generational, false, shortNames, categories, subresources);
    }

    private ResourceType copy(
            boolean generations, boolean kept, List<String> names, List<String> groups, Set<Subresource> parts) {
        return new ResourceType(
                group, version, kind, listKind, plural, singular, namespaced, generations, kept, names, groups, parts);
    }
}
