package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.store.Key;
import io.orrery.sandbox.kubernetes.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every verb works on. */
record State(Store store, Catalog catalog, Clock clock) {
    /** Kubernetes writes times to the second. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A copy of the stored object that may be changed. */
    ObjectNode copyOf(Served served, Key key) {
        return store.get(key).map(ObjectNode::deepCopy).orElseThrow(() -> ApiError.notFound(served.type(), key.name()));
    }

    /** The same object as this version shows it; versions of a custom resource differ in their apiVersion only. */
    static ObjectNode in(Served served, ObjectNode object) {
        var shown = object.deepCopy();
        shown.put("apiVersion", served.type().apiVersion())
                .put("kind", served.type().kind());
        return EventVersions.shown(served.type(), shown);
    }

    /** The same object as it is stored. */
    static ObjectNode stored(Served served, ObjectNode object) {
        object.put("apiVersion", served.storageVersion())
                .put("kind", served.type().kind());
        return EventVersions.stored(served.type(), object);
    }
}
