package io.orrery.sandbox.kubernetes.registry;

import io.orrery.sandbox.kubernetes.apply.Shape;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * A resource as it is served in one version.
 *
 * @param storageVersion the apiVersion under which objects are kept
 * @param shape how its fields merge
 * @param custom what a CustomResourceDefinition says about this version; empty for built-in kinds
 */
public record Served(
        ResourceType type, String storageVersion, Strategy strategy, Shape shape, Optional<CustomVersion> custom) {

    /** A column of {@code kubectl get}. */
    public record Column(String name, String type, String format, String description, int priority, String jsonPath) {}

    /**
     * What a definition says about one version.
     *
     * @param selectable the fields that field selectors may name beside name and namespace
     */
    public record CustomVersion(Optional<ScalePaths> scale, List<Column> columns, List<String> selectable) {
        public CustomVersion {
            columns = List.copyOf(columns);
            selectable = List.copyOf(selectable);
        }
    }

    /** Where a custom resource keeps its replicas; paths begin with a dot. */
    public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {
        static final ScalePaths BUILT_IN = new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector");
    }

    public ScalePaths scalePaths() {
        return custom.flatMap(CustomVersion::scale).orElse(ScalePaths.BUILT_IN);
    }
}
