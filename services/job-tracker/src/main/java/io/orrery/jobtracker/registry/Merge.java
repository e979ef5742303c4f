package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A partial update as Elasticsearch does it: objects are merged, arrays and plain values replaced, null is stored. */
final class Merge {

    private Merge() {}

    static ObjectNode of(ObjectNode document, ObjectNode patch) {
        var merged = document.deepCopy();
        into(merged, patch);
        return merged;
    }

    private static void into(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (target.get(field.getKey()) instanceof ObjectNode inner
                    && field.getValue() instanceof ObjectNode change) {
                into(inner, change);
            } else {
                target.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }
}
