package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.store.Key;
import io.orrery.sandbox.kubernetes.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The verbs of the resource API, without HTTP. Failures are {@link ApiError}s. */
public final class Registry {
    private final State state;
    private final Listing listing;
    private final Creation creation;
    private final Update update;
    private final Deletion deletion;
    private final Patching patching;

    public Registry(Store store, Clock clock) {
        this.state = new State(store, new Catalog(catalog -> BuiltIns.served(store, catalog, clock)), clock);
        var tracking = new Tracking(state);
        this.listing = new Listing(state);
        this.creation = new Creation(state, tracking);
        this.update = new Update(state, tracking);
        this.deletion = new Deletion(state);
        this.patching = new Patching(update, new Applying(state, tracking, creation, update));
    }

    public Catalog catalog() {
        return state.catalog();
    }

    /** For what belongs to one resource of the core group and is not asked for by a path. */
    public Served core(String plural) {
        return catalog().find("", "v1", plural).orElseThrow();
    }

    public ObjectNode get(Served served, String namespace, String name) {
        return find(served, namespace, name).orElseThrow(() -> ApiError.notFound(served.type(), name));
    }

    public Optional<ObjectNode> find(Served served, String namespace, String name) {
        return state.store().get(Key.of(served.type(), namespace, name)).map(object -> State.in(served, object));
    }

    public Page list(Served served, Selection selection, ListOptions options) {
        return listing.list(served, selection, options);
    }

    public Watch watch(Served served, Selection selection, ListOptions options) {
        return Watch.open(state, served, selection, options);
    }

    public ObjectNode create(Served served, String namespace, ObjectNode object, WriteOptions options) {
        return creation.create(served, namespace, object, options);
    }

    /** The change gets a copy of the newest object and gives the one that is wished for. */
    public ObjectNode update(
            Served served,
            String namespace,
            String name,
            Part part,
            WriteOptions options,
            UnaryOperator<ObjectNode> change) {
        return update.update(served, Key.of(served.type(), namespace, name), part, options, change);
    }

    /**
     * What a patch made.
     *
     * @param created whether an apply made the object
     */
    public record Patched(ObjectNode object, boolean created) {}

    public Patched patch(Served served, String namespace, String name, Part part, Patch patch, WriteOptions options) {
        return patching.patch(served, Key.of(served.type(), namespace, name), part, patch, options);
    }

    /**
     * What a deletion left.
     *
     * @param gone whether it was removed at once, and not only marked for its finalizers or the kubelet
     */
    public record Deleted(ObjectNode object, boolean gone) {}

    public Deleted delete(Served served, String namespace, String name, DeleteOptions options) {
        return deletion.delete(served, Key.of(served.type(), namespace, name), options);
    }

    /** The object under the form of its scale subresource. */
    public ObjectNode scale(Served served, String namespace, String name) {
        return Scales.of(served, get(served, namespace, name));
    }

    /** The change gets the scale as it is and gives the one that is wished for. */
    public ObjectNode rescale(
            Served served, String namespace, String name, WriteOptions options, UnaryOperator<ObjectNode> change) {
        return Scales.of(
                served,
                update(
                        served,
                        namespace,
                        name,
                        Part.SCALE,
                        options,
                        object -> Scales.into(served, object, change.apply(Scales.of(served, object)))));
    }

    /** As {@link #rescale}, by a patch of the scale. */
    public ObjectNode patchScale(Served served, String namespace, String name, WriteOptions options, Patch patch) {
        return rescale(served, namespace, name, options, scale -> Patching.changed(scale, patch));
    }

    /** What is done with pods beside writing them. */
    public Pods pods() {
        return new Pods(this, state);
    }

    /** Each of them as by delete; those that vanish meanwhile are no failure. */
    public List<ObjectNode> deleteAll(Served served, Selection selection, DeleteOptions options) {
        return state.store().exclusively(() -> list(served, selection, ListOptions.NEWEST).items().stream()
                .map(object -> {
                    var metadata = Metadata.of(object);
                    return delete(served, metadata.namespace(), metadata.name(), options)
                            .object();
                })
                .toList());
    }
}
