package io.orrery.contracts.platform;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Unmodifiable maps in the order of their keys, so that a document is always written the same way. */
final class Ordered {

    static Map<String, String> copyOf(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(map))); // which refuses null keys and values
    }

    private Ordered() {}
}
