package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One line of a watch. An ERROR carries a Status, a BOOKMARK nothing but a revision. */
public record WatchEvent(Type type, ObjectNode object) {
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        BOOKMARK,
        ERROR
    }
}
