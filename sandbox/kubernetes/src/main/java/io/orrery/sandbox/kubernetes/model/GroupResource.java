package io.orrery.sandbox.kubernetes.model;

/** What objects are stored under: all versions of a resource share one place. */
public record GroupResource(String group, String resource) {
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
