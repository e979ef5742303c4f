package io.orrery.sandbox.controllers.spark;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a Spark pod asks for, from memory in the JVM's notation (512m, 4g): heap and overhead, in MiB. */
final class JvmMemory {

    private static final Pattern NOTATION = Pattern.compile("(\\d+)\\s*([kmgt]?)i?b?");
    private static final long LEAST_OVERHEAD_MIB = 384;

    /** Part of the heap that Spark adds for what is not heap: more for Python, whose workers live outside of it. */
    private static final double JVM_OVERHEAD = 0.1;

    private static final double PYTHON_OVERHEAD = 0.4;

    private JvmMemory() {}

    static Quantity requested(String memory, String overhead, boolean python) {
        var heap = mib(memory == null ? "1g" : memory);
        var beside = overhead != null
                ? mib(overhead)
                : Math.max(LEAST_OVERHEAD_MIB, (long) (heap * (python ? PYTHON_OVERHEAD : JVM_OVERHEAD)));
        return new Quantity(heap + beside + "Mi");
    }

    /** Spark takes a bare number for MiB. */
    static long mib(String text) {
        var match = NOTATION.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("not an amount of memory: " + text);
        }
        var number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "k" -> number / 1024;
            case "g" -> number * 1024;
            case "t" -> number * 1024 * 1024;
            default -> number;
        };
    }
}
