package io.orrery.contracts.platform;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of a document could be bound, by pointer: so rules can look at the parts that are right beside parts that are not. */
final class Bound {

    private final Map<Pointer, Object> values = new HashMap<>();

    private final Map<Pointer, Integer> sizes = new HashMap<>();
    private final Set<Pointer> absent = new HashSet<>();

    /** How many items a list of the document has, whether they could be bound or not. */
    void putSize(Pointer pointer, int size) {
        sizes.put(pointer, size);
    }

    /** Notes that nothing was said about something that need not be said. */
    void putAbsent(Pointer pointer) {
        absent.add(pointer);
    }

    boolean isAbsent(Pointer pointer) {
        return absent.contains(pointer);
    }

    boolean listed(Pointer pointer) {
        return sizes.containsKey(pointer);
    }

    /** Zero where there is no list. */
    int size(Pointer pointer) {
        return sizes.getOrDefault(pointer, 0);
    }

    void put(Pointer pointer, Object value) {
        values.put(pointer, value);
    }

    <T> Optional<T> at(Pointer pointer, Class<T> type) {
        return Optional.ofNullable(values.get(pointer)).filter(type::isInstance).map(type::cast);
    }

    <T> Optional<T> at(String pointer, Class<T> type) {
        return at(new Pointer(pointer), type);
    }
}
