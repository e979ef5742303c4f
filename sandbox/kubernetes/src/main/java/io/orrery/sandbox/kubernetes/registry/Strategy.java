package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import java.util.List;

/** What is particular to one kind when it is written. Everything here runs while nothing else is written. */
public interface Strategy {
    /** Brings what a client sent into the kind's form: prunes and sets defaults. Also done to what patches make. */
    default void normalize(ObjectNode object) {}

    /** Sets what only the server may set at creation. */
    default void prepareCreate(ObjectNode object) {}

    /** Keeps what an update may not touch. */
    default void prepareUpdate(ObjectNode before, ObjectNode after) {}

    default List<Cause> validate(ObjectNode object) {
        return List.of();
    }

    default List<Cause> validateUpdate(ObjectNode before, ObjectNode after) {
        return List.of();
    }

    /** Fields of the object that the kind's schema doesn't know; empty where unknown fields cannot be told. */
    default List<String> unknownFields(ObjectNode object) {
        return List.of();
    }

    /** What goes with a creation or update in the same transaction: other objects, what is served. */
    default void stored(ObjectNode object) {}

    /** What goes with a removal in the same transaction. */
    default void removed(ObjectNode object) {}

    /** A strategy that adds nothing. */
    Strategy PLAIN = new Strategy() {};
}
