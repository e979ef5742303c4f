package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * A job in memory. One that is not over is held as it stands in the store, since every round of the tracker looks at
 * it. Of the others, which are the many, the seldom asked for is left out and the rest is kept as text: a tenth of what
 * a tree of it takes. Entries sort as searches answer: the newest first, then by id.
 */
final class Entry implements Comparable<Entry> {

    private static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry entry) -> entry.created).reversed().thenComparing(entry -> entry.id);

    /** A field that takes less is not worth being looked for elsewhere, in bytes of JSON. */
    private static final int WORTH_LEAVING_OUT = 64;

    /** What is hardly asked for of a job that is over; people look at its usage. */
    static final Set<String> SELDOM = Set.of(
            "process",
            "results_metadata",
            "job_options",
            "assets",
            "links",
            "dependencies",
            "unique_process_ids",
            "description");

    final String id;
    final Owner owner;
    final JobStatus status;
    final boolean deleted;
    final int version;
    final long at;
    final Instant created;
    final long changed;
    private final boolean whole;
    private final Object content;

    /**
     * Whose it is; one object for all jobs of a user.
     *
     * @param backendId the platform's name
     */
    record Owner(String backendId, String userId) {}

    private Entry(Stored stored, Owner owner, boolean whole, Object content) {
        var job = stored.job();
        this.id = job.id();
        this.owner = owner;
        this.status = job.status();
        this.deleted = job.isDeleted();
        this.version = stored.version();
        this.at = stored.at();
        this.created = job.created();
        this.changed = job.history().getLast().at().getEpochSecond();
        this.whole = whole;
        this.content = content;
    }

    static Entry of(Stored stored, Owner owner) {
        var job = stored.job();
        if (job.status().isActive() && !job.isDeleted()) {
            return new Entry(stored, owner, true, job);
        }
        var left = leftOut(job.document());
        var lean = left.isEmpty() ? job : job.with(job.document().deepCopy().without(left));
        return new Entry(stored, owner, left.isEmpty(), JobCodec.write(lean));
    }

    /** A job that is held for the time of a search, with all its fields. */
    static Entry whole(Stored stored, Owner owner) {
        return new Entry(stored, owner, true, stored.job());
    }

    private static Set<String> leftOut(ObjectNode document) {
        var left = new HashSet<String>();
        for (var field : SELDOM) {
            if (document.has(field) && JobCodec.write(document.get(field)).length > WORTH_LEAVING_OUT) {
                left.add(field);
            }
        }
        return left;
    }

    /** The job, perhaps without large fields; see {@link #isWhole}. */
    Job job() {
        if (content instanceof Job job) {
            return job;
        }
        try {
            return JobCodec.read((byte[]) content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@link #job} is all that the store has, bodies aside. */
    boolean isWhole() {
        return whole;
    }

    Stored stored() {
        return new Stored(job(), version, at);
    }

    /** When its status changed last. */
    Instant changed() {
        return Instant.ofEpochSecond(changed);
    }

    boolean isActive() {
        return status.isActive() && !deleted;
    }

    @Override
    public int compareTo(Entry other) {
        return ORDER.compare(this, other);
    }
}
