package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.apply.FieldTracker;
import io.orrery.sandbox.kubernetes.apply.FieldTracker.Writer;
import io.orrery.sandbox.kubernetes.model.Json;

/** Notes in {@code metadata.managedFields} who wrote what. */
final class Tracking {
    private final State state;

    Tracking(State state) {
        this.state = state;
    }

    void created(Served served, ObjectNode object, WriteOptions options) {
        FieldTracker.updated(Json.object(), object, writer(served, Part.MAIN, options), served.shape());
    }

    void updated(Served served, ObjectNode before, ObjectNode after, Part part, WriteOptions options) {
        FieldTracker.updated(before, after, writer(served, part, options), served.shape());
    }

    ObjectNode applied(
            Served served, ObjectNode live, ObjectNode intent, Part part, boolean force, WriteOptions options) {
        return FieldTracker.apply(live, intent, writer(served, part, options), served.shape(), force);
    }

    private Writer writer(Served served, Part part, WriteOptions options) {
        return new Writer(options.manager(), served.type().apiVersion(), part.subresource(), state.now());
    }
}
