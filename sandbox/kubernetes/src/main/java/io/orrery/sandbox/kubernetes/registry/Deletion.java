package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.registry.Registry.Deleted;
import io.orrery.sandbox.kubernetes.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** The verb delete (upstream: registry/rest/delete.go and generic/registry/store.go). */
final class Deletion {
    private final State state;

    Deletion(State state) {
        this.state = state;
    }

    Deleted delete(Served served, Key key, DeleteOptions options) {
        return state.store().exclusively(() -> {
            var object = state.copyOf(served, key);
            checkPreconditions(served, object, options);
            var grace = served.type().qualifiedPlural().equals("pods") ? Grace.ofPod(object, options) : Duration.ZERO;
            var before = object.deepCopy();
            addFinalizer(object, options.propagation());
            return waits(object, grace)
                    ? mark(served, key, before, object, grace, options)
                    : remove(served, key, object, options);
        });
    }

    private static boolean waits(ObjectNode object, Duration grace) {
        var metadata = Metadata.of(object);
        return grace.isPositive()
                || !metadata.finalizers().isEmpty()
                || (Namespaces.isNamespace(object)
                        && !object.path("spec").path("finalizers").isEmpty());
    }

    private Deleted mark(
            Served served, Key key, ObjectNode before, ObjectNode object, Duration grace, DeleteOptions options) {
        var metadata = Metadata.in(object);
        var shortened = metadata.isDeleting()
                && grace.toSeconds()
                        < metadata.node().path("deletionGracePeriodSeconds").asLong();
        if (!metadata.isDeleting() || shortened) {
            var requested = metadata.isDeleting()
                    ? Instant.parse(metadata.node().path("deletionTimestamp").asText())
                            .minusSeconds(metadata.node()
                                    .path("deletionGracePeriodSeconds")
                                    .asLong())
                    : state.now();
            metadata.node().put("deletionTimestamp", requested.plus(grace).toString());
            metadata.node().put("deletionGracePeriodSeconds", grace.toSeconds());
            if (metadata.generation() > 0) {
                metadata.node().put("generation", metadata.generation() + 1);
            }
        }
        if (Namespaces.isNamespace(object)) {
            ((ObjectNode) object.get("status")).put("phase", "Terminating");
        }
        if (options.dryRun() || object.equals(before)) {
            return new Deleted(State.in(served, object), false);
        }
        var stored = state.store().put(key, object);
        served.strategy().stored(stored);
        return new Deleted(State.in(served, stored), false);
    }

    private Deleted remove(Served served, Key key, ObjectNode object, DeleteOptions options) {
        if (!options.dryRun()) {
            state.store().remove(key).ifPresent(served.strategy()::removed);
        }
        return new Deleted(State.in(served, object), true);
    }

    private static void checkPreconditions(Served served, ObjectNode object, DeleteOptions options) {
        var metadata = Metadata.of(object);
        if (!options.uid().isEmpty() && !options.uid().equals(metadata.uid())) {
            throw ApiError.conflict(
                    served.type(),
                    metadata.name(),
                    "Precondition failed: UID in precondition: " + options.uid() + ", UID in object meta: "
                            + metadata.uid());
        }
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(metadata.resourceVersion())) {
            throw ApiError.conflict(
                    served.type(),
                    metadata.name(),
                    "Precondition failed: ResourceVersion in precondition: " + options.resourceVersion()
                            + ", ResourceVersion in object meta: " + metadata.resourceVersion());
        }
    }

    /** Foreground and orphan deletion are finalizers that the garbage collector works off; each replaces the other. */
    private static void addFinalizer(ObjectNode object, DeleteOptions.Propagation propagation) {
        var finalizer =
                switch (propagation) {
                    case FOREGROUND -> Metadata.FOREGROUND;
                    case ORPHAN -> Metadata.ORPHAN;
                    case BACKGROUND -> "";
                    case DEFAULT -> null;
                };
        if (finalizer == null) {
            return;
        }
        var metadata = Metadata.in(object);
        var finalizers = new ArrayList<>(metadata.finalizers());
        finalizers.removeIf(name -> name.equals(Metadata.FOREGROUND) || name.equals(Metadata.ORPHAN));
        if (!finalizer.isEmpty()) {
            finalizers.add(finalizer);
        }
        metadata.setFinalizers(finalizers);
    }
}
