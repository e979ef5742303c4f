package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.query.Query;
import io.orrery.jobtracker.registry.JobStore.Stored;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * A job in memory. One that is not over is held as it stands in the store, since every round of the tracker looks at
 * it. Of the others, which are the many, the seldom asked for is left out and the rest is kept as text: a third of what
 * a tree of it takes. Entries sort as searches answer: the newest first, then by id.
 */
final class Entry implements Comparable<Entry> {

    private static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry entry) -> entry.created).reversed().thenComparing(entry -> entry.id);

    private static final Query HAS_APPLICATION = new Query.Exists("application_id");

    /** A field that takes less is not worth being looked for elsewhere, in bytes of JSON. */
    private static final int WORTH_LEAVING_OUT = 64;

    /** People look at it also when a job is over. */
    private static final String USAGE = "usage";

    /**
     * Whose it is; one object for all jobs of a user.
     *
     * @param backendId the platform's name
     */
    record Owner(String backendId, String userId) {}

    /** What is held of a job. */
    private sealed interface Content {
        record Tree(Job job) implements Content {}

        /**
         * The document, and from {@code end} on the job without it.
         *
         * @param whole whether the store has no more, bodies aside
         */
        @SuppressWarnings("ArrayRecordComponent") // nobody compares them
        record Text(byte[] json, int end, boolean whole) implements Content {}
    }

    final String id;
    final Owner owner;
    final JobStatus status;
    final boolean deleted;
    final int version;
    final long at;
    final Instant created;
    private final long changed;
    private final int elsewhere;
    private final Content content;

    private Entry(Stored stored, Owner owner, Collection<String> leftOut, Content content) {
        var job = stored.job();
        var fields = new HashSet<>(leftOut);
        job.body().ifPresent(body -> fields.addAll(body.fields()));
        this.id = job.id();
        this.owner = owner;
        this.status = job.status();
        this.deleted = job.isDeleted();
        this.version = stored.version();
        this.at = stored.at();
        this.created = job.created();
        this.changed = job.history().getLast().at().getEpochSecond();
        this.elsewhere = LargeFields.of(fields).bits();
        this.content = content;
    }

    static Entry of(Stored stored, Owner owner) {
        var job = stored.job();
        if (job.status().isActive() && !job.isDeleted()) {
            return whole(stored, owner);
        }
        var leftOut = leftOut(job.document());
        return new Entry(stored, owner, leftOut, text(job, leftOut));
    }

    /** A job with all that the store has of it. */
    static Entry whole(Stored stored, Owner owner) {
        return new Entry(stored, owner, Set.of(), new Content.Tree(stored.job()));
    }

    private static Content text(Job job, Set<String> leftOut) {
        var lean = job.document().objectNode();
        lean.setAll(job.document());
        var document = JobCodec.write(lean.without(leftOut));
        var rest = JobCodec.write(job.with(job.document().objectNode()));
        var json = Arrays.copyOf(document, document.length + rest.length);
        System.arraycopy(rest, 0, json, document.length, rest.length);
        return new Content.Text(json, document.length, leftOut.isEmpty());
    }

    private static Set<String> leftOut(ObjectNode document) {
        var left = new HashSet<String>();
        for (var field : LargeFields.ALL) {
            if (!field.equals(USAGE)
                    && document.has(field)
                    && JobCodec.write(document.get(field)).length > WORTH_LEAVING_OUT) {
                left.add(field);
            }
        }
        return left;
    }

    /** What is in memory of the document; see {@link #lacks}. */
    ObjectNode document() {
        return switch (content) {
            case Content.Tree tree -> tree.job().document();
            case Content.Text text -> JobCodec.readDocument(Arrays.copyOf(text.json(), text.end()));
        };
    }

    /** The same, perhaps without fields that are not named. */
    ObjectNode document(Set<String> fields) {
        return switch (content) {
            case Content.Tree tree -> tree.job().document();
            case Content.Text text -> JobCodec.readFields(text.json(), text.end(), fields);
        };
    }

    /** The job, perhaps without large fields; see {@link #isWhole}. */
    Job job() {
        return switch (content) {
            case Content.Tree tree -> tree.job();
            case Content.Text text -> JobCodec.read(text.json(), text.end()).with(document());
        };
    }

    /** Whether the job has one of these fields, and it is not in memory. */
    boolean lacks(LargeFields fields) {
        return (elsewhere & fields.bits()) != 0;
    }

    /** Whether {@link #job} is all that the store has, bodies aside. */
    boolean isWhole() {
        return switch (content) {
            case Content.Tree tree -> true;
            case Content.Text text -> text.whole();
        };
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

    /** As a search for jobs that have one sees it. */
    boolean hasApplication() {
        return HAS_APPLICATION.matches(document());
    }

    @Override
    public int compareTo(Entry other) {
        return ORDER.compare(this, other);
    }
}
