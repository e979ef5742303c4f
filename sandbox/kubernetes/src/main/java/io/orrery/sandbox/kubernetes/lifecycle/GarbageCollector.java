package io.orrery.sandbox.kubernetes.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.model.Metadata.Owner;
import io.orrery.sandbox.kubernetes.registry.DeleteOptions;
import io.orrery.sandbox.kubernetes.registry.DeleteOptions.Propagation;
import io.orrery.sandbox.kubernetes.registry.Part;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.registry.Served;
import io.orrery.sandbox.kubernetes.registry.WriteOptions;
import io.orrery.sandbox.kubernetes.store.Key;
import io.orrery.sandbox.kubernetes.store.StoreEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Deletes what has lost its owners (upstream: pkg/controller/garbagecollector/garbagecollector.go). */
final class GarbageCollector implements Housekeeping.Chore {
    private final Registry registry;
    private final Map<String, Set<Key>> dependents = new HashMap<>();

    GarbageCollector(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void on(StoreEvent event) {
        var metadata = Metadata.of(event.object());
        event.before().map(Metadata::of).ifPresent(before -> forget(event.key(), before));
        if (event.type() == StoreEvent.Type.DELETED) {
            of(metadata.uid()).forEach(this::collect);
            metadata.owners().forEach(owner -> find(owner, metadata.namespace()).ifPresent(this::advance));
            return;
        }
        metadata.owners().forEach(owner -> dependents
                .computeIfAbsent(owner.uid(), any -> new LinkedHashSet<>())
                .add(event.key()));
        if (!metadata.owners().isEmpty()) {
            collect(event.key());
        }
        advance(event.object());
        if (metadata.isDeleting() || lostOwners(event)) {
            metadata.owners().forEach(owner -> find(owner, metadata.namespace()).ifPresent(this::advance));
            event.before().map(Metadata::of).stream()
                    .flatMap(before -> before.owners().stream())
                    .forEach(owner -> find(owner, metadata.namespace()).ifPresent(this::advance));
        }
    }

    private static boolean lostOwners(StoreEvent event) {
        return event.before()
                .filter(before -> !Metadata.of(before)
                        .owners()
                        .equals(Metadata.of(event.object()).owners()))
                .isPresent();
    }

    private void forget(Key key, Metadata before) {
        before.owners().forEach(owner -> {
            var keys = dependents.get(owner.uid());
            if (keys != null && keys.remove(key) && keys.isEmpty()) {
                dependents.remove(owner.uid());
            }
        });
    }

    private List<Key> of(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    /** Deletes an object none of whose owners exist; forgets the missing ones where others do. */
    private void collect(Key key) {
        object(key).ifPresent(object -> {
            var metadata = Metadata.of(object);
            if (metadata.owners().isEmpty() || metadata.isDeleting()) {
                return;
            }
            var solid = new ArrayList<Owner>();
            var waiting = new ArrayList<Owner>();
            for (var owner : metadata.owners()) {
                sort(owner, metadata.namespace(), solid, waiting);
            }
            if (solid.isEmpty()) {
                delete(
                        key,
                        waiting.isEmpty() || of(metadata.uid()).isEmpty() ? policy(metadata) : Propagation.FOREGROUND);
            } else if (solid.size() < metadata.owners().size()) {
                change(key, dependent -> keepOwners(dependent, solid));
            }
        });
    }

    private void sort(Owner owner, String namespace, Collection<Owner> solid, Collection<Owner> waiting) {
        if (registry.catalog().findKind(owner.apiVersion(), owner.kind()).isEmpty()) {
            // A kind that nobody serves can't be said to be gone.
            solid.add(owner);
            return;
        }
        find(owner, namespace).map(Metadata::of).ifPresent(found -> {
            var foreground = found.isDeleting() && found.finalizers().contains(Metadata.FOREGROUND);
            (foreground ? waiting : solid).add(owner);
        });
    }

    private static Propagation policy(Metadata metadata) {
        return metadata.finalizers().contains(Metadata.ORPHAN)
                ? Propagation.ORPHAN
                : metadata.finalizers().contains(Metadata.FOREGROUND) ? Propagation.FOREGROUND : Propagation.BACKGROUND;
    }

    /** Goes on with an owner that waits for its dependents, or lets them go. */
    private void advance(ObjectNode object) {
        var metadata = Metadata.of(object);
        if (!metadata.isDeleting()) {
            return;
        }
        if (metadata.finalizers().contains(Metadata.ORPHAN)) {
            of(metadata.uid()).forEach(key -> change(key, dependent -> dropOwner(dependent, metadata.uid())));
            release(object, Metadata.ORPHAN);
        } else if (metadata.finalizers().contains(Metadata.FOREGROUND)) {
            of(metadata.uid()).forEach(this::collect);
            if (of(metadata.uid()).stream().noneMatch(key -> blocks(key, metadata.uid()))) {
                release(object, Metadata.FOREGROUND);
            }
        }
    }

    private boolean blocks(Key key, String uid) {
        return object(key).stream()
                .flatMap(object -> Metadata.of(object).owners().stream())
                .anyMatch(owner -> owner.uid().equals(uid) && owner.blocksDeletion());
    }

    private void release(ObjectNode owner, String finalizer) {
        var metadata = Metadata.of(owner);
        registry.catalog()
                .findKind(owner.path("apiVersion").asText(), owner.path("kind").asText())
                .ifPresent(served -> change(
                        Key.of(served.type(), metadata.namespace(), metadata.name()),
                        object -> dropFinalizer(object, finalizer)));
    }

    private static ObjectNode dropFinalizer(ObjectNode object, String finalizer) {
        var metadata = Metadata.in(object);
        metadata.setFinalizers(metadata.finalizers().stream()
                .filter(name -> !name.equals(finalizer))
                .toList());
        return object;
    }

    private static ObjectNode keepOwners(ObjectNode object, List<Owner> kept) {
        return filterOwners(
                object, uid -> kept.stream().anyMatch(owner -> owner.uid().equals(uid)));
    }

    private static ObjectNode dropOwner(ObjectNode object, String gone) {
        return filterOwners(object, uid -> !uid.equals(gone));
    }

    private static ObjectNode filterOwners(ObjectNode object, Predicate<String> keep) {
        var metadata = Metadata.in(object).node();
        var references = metadata.withArray("ownerReferences");
        for (var i = references.size() - 1; i >= 0; i--) {
            if (!keep.test(references.get(i).path("uid").asText())) {
                references.remove(i);
            }
        }
        if (references.isEmpty()) {
            metadata.remove("ownerReferences");
        }
        return object;
    }

    /** The owner, if it exists: beside its dependent or cluster-wide, and with the uid that is meant. */
    private Optional<ObjectNode> find(Owner owner, String namespace) {
        return registry.catalog()
                .findKind(owner.apiVersion(), owner.kind())
                .flatMap(served -> registry.find(served, namespace, owner.name()))
                .filter(object -> Metadata.of(object).uid().equals(owner.uid()));
    }

    private Optional<Served> served(Key key) {
        return registry.catalog().anyVersion(key.resource());
    }

    private Optional<ObjectNode> object(Key key) {
        return served(key).flatMap(served -> registry.find(served, key.namespace(), key.name()));
    }

    private void delete(Key key, Propagation propagation) {
        served(key)
                .ifPresent(served -> unlessGone(() -> registry.delete(
                        served, key.namespace(), key.name(), DeleteOptions.IN_BACKGROUND.by(propagation))));
    }

    private void change(Key key, UnaryOperator<ObjectNode> change) {
        served(key)
                .ifPresent(served -> unlessGone(() ->
                        registry.update(served, key.namespace(), key.name(), Part.MAIN, WriteOptions.OWN, change)));
    }

    private static void unlessGone(Runnable work) {
        try {
            work.run();
        } catch (ApiError error) {
            if (error.code() != 404) {
                throw error;
            }
        }
    }
}
