package io.orrery.sandbox.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One entry of the revision log. The trees must not be changed.
 *
 * @param object the object after the change; for a deletion its last state, with the revision of the deletion
 * @param before the object before the change; empty for a creation
 */
public record StoreEvent(long revision, Type type, Key key, ObjectNode object, Optional<ObjectNode> before) {
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
