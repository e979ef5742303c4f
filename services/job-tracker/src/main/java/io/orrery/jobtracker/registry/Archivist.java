package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Moves jobs that are long over into the archive, and forgets those that were deleted. In this order: the segment is
 * written, the segment is told of, the jobs are removed, their bodies are removed. Until it is told of, a segment is
 * nothing; afterwards its jobs may be removed at leisure, each if it has not been changed meanwhile. A job that is there
 * and in the archive is the one that is there.
 */
final class Archivist {

    static final String PREFIX = "archive/";

    /** A segment has at most so many jobs, and about so many bytes. */
    private static final int MOST_JOBS = 1_000;

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final Duration DAY = Duration.ofDays(1);

    private final JobIndex index;
    private final JobStore store;
    private final Bodies bodies;
    private final BodyStore segments;
    private final Archive archive;
    private final Freshness freshness;
    private final Clock clock;

    Archivist(
            JobIndex index,
            JobStore store,
            Bodies bodies,
            BodyStore segments,
            Archive archive,
            Freshness freshness,
            Clock clock) {
        this.index = index;
        this.store = store;
        this.bodies = bodies;
        this.segments = segments;
        this.archive = archive;
        this.freshness = freshness;
        this.clock = clock;
    }

    /**
     * One segment's worth of jobs, or none. A few jobs wait for others, for a day at most: every replica keeps the
     * contents of every segment.
     *
     * @param retention of a job, since its last transition
     * @return how many jobs there are less
     */
    int archive(String backendId, Duration retention) {
        if (!segments.takesSegments()) {
            return 0;
        }
        var before = clock.instant().minus(retention);
        var due = index.entries(backendId)
                .filter(entry -> !entry.isActive() && entry.changed().isBefore(before))
                .toList();
        var patience = retention.dividedBy(10).compareTo(DAY) < 0 ? retention.dividedBy(10) : DAY;
        var late = due.stream().anyMatch(entry -> entry.changed().isBefore(before.minus(patience)));
        return late || due.size() >= MOST_JOBS ? move(backendId, due, before) : 0;
    }

    private int move(String backendId, List<Entry> due, Instant before) {
        var since = clock.instant();
        var text = new SegmentText();
        var moved = new ArrayList<Stored>();
        for (var entry : due) {
            if (moved.size() == MOST_JOBS || text.bytes() > MOST_BYTES) {
                break;
            }
            newest(entry, before).ifPresent(stored -> {
                note(stored.job()).ifPresent(text::add);
                moved.add(stored);
            });
        }
        if (text.jobs() > 0) {
            var segment = text.end(backendId, key(backendId));
            segments.put(segment.key(), text.toBytes());
            freshness.check(since);
            archive.told(store.archive(segment));
        }
        return (int) moved.stream().filter(this::removed).count();
    }

    /** The job as the store has it, if it is still over. */
    private Optional<Stored> newest(Entry entry, Instant before) {
        return store.read(entry.id)
                .filter(it -> it.job().isDeleted() || it.job().status().isFinal())
                .filter(it -> it.job().history().getLast().at().isBefore(before));
    }

    /** What has to be written down of it; of one that was deleted only that, and only if the archive knows more. */
    private Optional<Job> note(Job job) {
        var known = archive.find(job.id());
        var noted = job.isDeleted() ? bare(job) : bodies.whole(job);
        return known.isPresent() || !job.isDeleted()
                ? Optional.of(noted).filter(it -> !known.equals(Optional.of(it)))
                : Optional.empty();
    }

    private static Job bare(Job job) {
        var document = job.document().objectNode();
        document.put("job_id", job.id())
                .put("backend_id", job.backendId())
                .put("user_id", job.userId())
                .put("deleted", true);
        return job.with(document, Optional.empty());
    }

    private boolean removed(Stored stored) {
        if (!store.remove(stored)) {
            return false;
        }
        index.remove(stored.job().id());
        bodies.discard(stored.job());
        return true;
    }

    private String key(String backendId) {
        var writer = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return prefix(backendId) + clock.instant().toString().replace(':', '-') + "-" + writer + ".jsonl.gz";
    }

    static String prefix(String backendId) {
        return PREFIX + BodyKey.encoded(backendId) + "/";
    }
}
