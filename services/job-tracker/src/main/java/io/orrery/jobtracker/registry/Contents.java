package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.registry.SegmentText.Line;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is in a segment, as little as it takes to find a job: 20 bytes for each. Ids are known by a hash, so that what
 * is found still has to be looked at.
 */
final class Contents {

    /**
     * Where a job seems to be.
     *
     * @param offset in bytes
     * @param length in bytes
     */
    record Place(Segment segment, long offset, int length) {}

    private record Hashed(long hash, Line line) {}

    private final Segment segment;
    private final long[] hashes;
    private final long[] offsets;
    private final int[] lengths;

    Contents(Segment segment, List<Line> lines) {
        var sorted = lines.stream()
                .map(line -> new Hashed(hash(line.id()), line))
                .sorted(Comparator.comparingLong(Hashed::hash))
                .toList();
        this.segment = segment;
        this.hashes = sorted.stream().mapToLong(Hashed::hash).toArray();
        this.offsets = sorted.stream().mapToLong(it -> it.line.offset()).toArray();
        this.lengths = sorted.stream().mapToInt(it -> it.line.length()).toArray();
    }

    Segment segment() {
        return segment;
    }

    Optional<Place> find(String jobId) {
        var at = Arrays.binarySearch(hashes, hash(jobId));
        return at < 0 ? Optional.empty() : Optional.of(new Place(segment, offsets[at], lengths[at]));
    }

    /** FNV-1a, over 64 bits. */
    private static long hash(String id) {
        var hash = 0xcbf29ce484222325L;
        for (int at = 0; at < id.length(); at++) {
            hash = (hash ^ id.charAt(at)) * 0x100000001b3L;
        }
        return hash;
    }
}
