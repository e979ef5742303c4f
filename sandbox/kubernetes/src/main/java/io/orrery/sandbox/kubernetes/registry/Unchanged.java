package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.Metadata;

/** Upstream's rule: a write that changes nothing keeps the revision, and times in managedFields don't count. */
final class Unchanged {
    private Unchanged() {}

    static boolean apartFromTimes(ObjectNode before, ObjectNode after) {
        return withoutTimes(before).equals(withoutTimes(after));
    }

    private static ObjectNode withoutTimes(ObjectNode object) {
        var copy = object.deepCopy();
        for (JsonNode entry : Metadata.of(copy).node().path("managedFields")) {
            if (entry instanceof ObjectNode node) {
                node.remove("time");
            }
        }
        return copy;
    }
}
