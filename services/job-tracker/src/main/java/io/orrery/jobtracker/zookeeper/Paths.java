package io.orrery.jobtracker.zookeeper;

import io.orrery.jobtracker.registry.SegmentId;
import java.util.Optional;

/**
 * Where things are: {@code /orrery/jobs/<shelf>/<job>} and {@code /orrery/jobs/.archive/<backend>/segment-<number>}. Jobs stand
 * on 256 shelves, by a hash of their id: the names of a node's children travel in one message, and those of 100,000 jobs
 * would be too large for it.
 */
final class Paths {

    static final String JOBS = "/orrery/jobs";
    static final String ARCHIVE = JOBS + "/.archive";
    static final int SHELVES = 256;

    /** Of a path split at its slashes: the first part is empty. */
    private static final int LENGTH_OF_JOB = 5;

    private static final int LENGTH_OF_SEGMENT = 6;
    private static final String ARCHIVE_NAME = ".archive";
    private static final String SEGMENT = "segment-";

    private Paths() {}

    static String job(String jobId) {
        return shelf(Math.floorMod(jobId.hashCode(), SHELVES)) + "/" + Names.encode(jobId);
    }

    static String shelf(int number) {
        return JOBS + "/%02x".formatted(number);
    }

    static String archive(String backendId) {
        return ARCHIVE + "/" + Names.encode(backendId);
    }

    /** The next segment of the backend; ZooKeeper adds its number. */
    static String newSegment(String backendId) {
        return archive(backendId) + "/" + SEGMENT;
    }

    static String segment(SegmentId id) {
        return newSegment(id.backendId()) + "%010d".formatted(id.number());
    }

    /** The job whose node this is, if it is a job's. */
    static Optional<String> jobAt(String path) {
        var parts = path.split("/", -1);
        return parts.length == LENGTH_OF_JOB && !parts[3].equals(ARCHIVE_NAME)
                ? Optional.of(Names.decode(parts[4]))
                : Optional.empty();
    }

    /** The segment whose node this is, if it is a segment's. */
    static Optional<SegmentId> segmentAt(String path) {
        var parts = path.split("/", -1);
        return parts.length == LENGTH_OF_SEGMENT && parts[3].equals(ARCHIVE_NAME)
                ? Optional.of(
                        new SegmentId(Names.decode(parts[4]), Long.parseLong(parts[5].substring(SEGMENT.length()))))
                : Optional.empty();
    }
}
