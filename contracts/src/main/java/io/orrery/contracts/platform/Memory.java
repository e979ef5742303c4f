package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An amount of memory in whole MiB. Spark and Kubernetes write it differently, and one's 4g is not the other's 4G. */
public record Memory(long mebibytes) implements Comparable<Memory> {

    static final String PATTERN = "[1-9][0-9]{0,8}(m|g|t|Mi|Gi|Ti)";

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(m|g|t|Mi|Gi|Ti)");

    private static final long KIBI = 1024;

    public Memory {
        if (mebibytes <= 0) {
            throw new IllegalArgumentException("memory must be positive");
        }
    }

    /** Reads 512m, 4g, 1t as Spark, or 512Mi, 4Gi, 1Ti as Kubernetes writes it; all are powers of 1024. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Memory parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("memory is written as 512m, 4g, 512Mi or 4Gi");
        }
        var number = Long.parseLong(parts.group(1));
        return new Memory(
                switch (parts.group(2).charAt(0)) {
                    case 't', 'T' -> number * KIBI * KIBI;
                    case 'g', 'G' -> number * KIBI;
                    default -> number;
                });
    }

    /** As Spark's settings and the SparkApplication want it: 4g. */
    public String forSpark() {
        return mebibytes % KIBI == 0 ? mebibytes / KIBI + "g" : mebibytes + "m";
    }

    /** As a Kubernetes quantity: 4Gi. */
    public String forKubernetes() {
        return mebibytes % KIBI == 0 ? mebibytes / KIBI + "Gi" : mebibytes + "Mi";
    }

    @Override
    public int compareTo(Memory other) {
        return Long.compare(mebibytes, other.mebibytes);
    }

    @Override
    @JsonValue
    public String toString() {
        return forSpark();
    }
}
