package io.orrery.sandbox.kubernetes.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.registry.DeleteOptions;
import io.orrery.sandbox.kubernetes.registry.ListOptions;
import io.orrery.sandbox.kubernetes.registry.Part;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Selection;
import io.orrery.sandbox.kubernetes.registry.WriteOptions;
import io.orrery.sandbox.kubernetes.store.StoreEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A CustomResourceDefinition that is deleted stays until its objects, which are deleted with it, have gone. */
final class DefinitionEnd implements Housekeeping.Chore {
    private static final String DEFINITIONS = "customresourcedefinitions";
    private static final String GROUP = "apiextensions.k8s.io";
    private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private final Registry registry;
    private final Map<String, GroupResource> ending = new TreeMap<>();

    DefinitionEnd(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void on(StoreEvent event) {
        if (!event.key().resource().equals(new GroupResource(GROUP, DEFINITIONS))) {
            return;
        }
        if (event.type() == StoreEvent.Type.DELETED) {
            ending.remove(event.key().name());
        } else if (Metadata.of(event.object()).isDeleting()) {
            var spec = event.object().path("spec");
            ending.put(
                    event.key().name(),
                    new GroupResource(
                            spec.path("group").asText(),
                            spec.path("names").path("plural").asText()));
        }
    }

    @Override
    public void settle() {
        Map.copyOf(ending).forEach((name, resource) -> {
            if (clear(resource)) {
                release(name);
            }
        });
    }

    private boolean clear(GroupResource resource) {
        var served = registry.catalog().anyVersion(resource);
        if (served.isEmpty()) {
            return true;
        }
        var objects = registry.list(served.get(), Selection.inNamespace(""), ListOptions.NEWEST)
                .items();
        for (var object : objects) {
            var metadata = Metadata.of(object);
            if (!metadata.isDeleting()) {
                registry.delete(served.get(), metadata.namespace(), metadata.name(), DeleteOptions.IN_BACKGROUND);
            }
        }
        return objects.isEmpty();
    }

    private void release(String name) {
        var definitions = registry.catalog().find(GROUP, "v1", DEFINITIONS).orElseThrow();
        try {
            registry.update(definitions, "", name, Part.MAIN, WriteOptions.OWN, DefinitionEnd::released);
        } catch (ApiError error) {
            if (error.code() != 404) {
                throw error;
            }
        }
    }

    private static ObjectNode released(ObjectNode definition) {
        var metadata = Metadata.in(definition);
        metadata.setFinalizers(List.copyOf(metadata.finalizers().stream()
                .filter(finalizer -> !finalizer.equals(FINALIZER))
                .toList()));
        return definition;
    }
}
