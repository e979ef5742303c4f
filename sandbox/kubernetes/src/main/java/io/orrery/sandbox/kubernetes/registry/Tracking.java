package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Notes in {@code metadata.managedFields} who wrote what. */
final class Tracking {
    void created(Served served, ObjectNode object, WriteOptions options) {}

    void updated(Served served, ObjectNode before, ObjectNode after, Part part, WriteOptions options) {}
}
