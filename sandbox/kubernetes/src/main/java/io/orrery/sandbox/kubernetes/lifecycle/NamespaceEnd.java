package io.orrery.sandbox.kubernetes.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.registry.DeleteOptions;
import io.orrery.sandbox.kubernetes.registry.ListOptions;
import io.orrery.sandbox.kubernetes.registry.Part;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Selection;
import io.orrery.sandbox.kubernetes.registry.Served;
import io.orrery.sandbox.kubernetes.registry.WriteOptions;
import io.orrery.sandbox.kubernetes.store.StoreEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A namespace that is deleted stays Terminating until all it holds has gone; then its finalizer is taken away. */
final class NamespaceEnd implements Housekeeping.Chore {
    private final Registry registry;
    private final Set<String> terminating = new TreeSet<>();

    NamespaceEnd(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void on(StoreEvent event) {
        if (!event.key().resource().toString().equals("namespaces")) {
            return;
        }
        if (event.type() == StoreEvent.Type.DELETED) {
            terminating.remove(event.key().name());
        } else if (Metadata.of(event.object()).isDeleting()
                && terminating.add(event.key().name())) {
            contents(event.key().name(), true);
        }
    }

    @Override
    public void settle() {
        List.copyOf(terminating).stream()
                .filter(namespace -> contents(namespace, false) == 0)
                .forEach(this::finish);
    }

    /** How many objects are left, deletions that wait for somebody included. */
    private int contents(String namespace, boolean delete) {
        var left = 0;
        for (var served : registry.catalog().all()) {
            if (!served.type().namespaced() || !served.type().stored()) {
                continue;
            }
            for (var object : registry.list(served, Selection.inNamespace(namespace), ListOptions.NEWEST)
                    .items()) {
                left++;
                if (delete || !Metadata.of(object).isDeleting()) {
                    delete(served, object);
                }
            }
        }
        return left;
    }

    private void delete(Served served, ObjectNode object) {
        var metadata = Metadata.of(object);
        try {
            registry.delete(served, metadata.namespace(), metadata.name(), DeleteOptions.IN_BACKGROUND);
        } catch (ApiError error) {
            if (error.code() != 404) {
                throw error;
            }
        }
    }

    private void finish(String namespace) {
        try {
            registry.update(
                    registry.core("namespaces"),
                    "",
                    namespace,
                    Part.FINALIZE,
                    WriteOptions.OWN,
                    NamespaceEnd::released);
        } catch (ApiError error) {
            if (error.code() != 404) {
                throw error;
            }
        }
    }

    private static ObjectNode released(ObjectNode namespace) {
        var finalizers = Json.child(namespace, "spec").withArray("finalizers");
        for (var i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asText().equals("kubernetes")) {
                finalizers.remove(i);
            }
        }
        return namespace;
    }
}
