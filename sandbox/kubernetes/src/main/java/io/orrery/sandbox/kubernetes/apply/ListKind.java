package io.orrery.sandbox.kubernetes.apply;

import java.util.List;
import java.util.Map;

/** How the items of a list are told apart when two lists are merged. */
public sealed interface ListKind {
    /** They aren't: the list is one value. */
    record Atomic() implements ListKind {}

    /** By their value, each is there once. */
    record Set() implements ListKind {}

    /**
     * By some of their fields.
     *
     * @param defaults what a key field counts as where it is left out, as TCP for a port's protocol
     */
    record ByKeys(List<String> keys, Map<String, String> defaults) implements ListKind {
        public ByKeys {
            keys = keys.stream().sorted().toList();
            defaults = Map.copyOf(defaults);
        }

        static ByKeys of(String... keys) {
            return new ByKeys(List.of(keys), Map.of());
        }
    }

    ListKind ATOMIC = new Atomic();
    ListKind SET = new Set();
}
