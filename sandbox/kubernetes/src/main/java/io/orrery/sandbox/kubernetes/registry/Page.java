package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * Objects of one list, as the version asked for shows them.
 *
 * @param continueToken empty on the last page
 * @param remaining how many follow; known only where no selector is given
 */
public record Page(long revision, List<ObjectNode> items, String continueToken, OptionalLong remaining) {
    public Page {
        items = List.copyOf(items);
    }
}
