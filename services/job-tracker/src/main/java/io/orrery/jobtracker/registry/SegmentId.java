package io.orrery.jobtracker.registry;

import java.util.Comparator;

/**
 * Names a segment of a backend's archive.
 *
 * @param number rises with every segment of the backend: of two that hold the same job, the later is right
 */
public record SegmentId(String backendId, long number) implements Comparable<SegmentId> {

    private static final Comparator<SegmentId> ORDER =
            Comparator.comparing(SegmentId::backendId).thenComparingLong(SegmentId::number);

    @Override
    public int compareTo(SegmentId other) {
        return ORDER.compare(this, other);
    }
}
