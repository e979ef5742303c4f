package io.orrery.contracts.platform;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The limits that a key sets, and those that hold where it sets none. */
final class Limits {

    static final int LONGEST_TEXT = 1024;
    static final int LONGEST_ENTRY = 4096;
    static final int LARGEST_LIST = 256;

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    static boolean matches(Key key, String text) {
        if (text.length() > LONGEST_TEXT) {
            return false;
        }
        return key.pattern().isEmpty()
                || PATTERNS.computeIfAbsent(key.pattern(), Pattern::compile)
                        .matcher(text)
                        .matches();
    }

    /** What is wrong with the size of a list or map, if anything. */
    static Optional<String> size(Key key, int size) {
        if (size > largest(key)) {
            return Optional.of("at most " + largest(key) + " entries are allowed, found " + size);
        }
        return size < key.min()
                ? Optional.of("at least " + key.min() + " entries are needed, found " + size)
                : Optional.empty();
    }

    static long largest(Key key) {
        return key.max() == Long.MAX_VALUE ? LARGEST_LIST : key.max();
    }

    private Limits() {}
}
