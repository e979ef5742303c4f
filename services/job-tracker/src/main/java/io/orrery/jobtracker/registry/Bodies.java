package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.Job.Body;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes the large fields out of jobs, and puts them back where they are needed. A body is written before the job that
 * refers to it, and removed after the job that no longer does: no reader meets a job without its body. What a crash
 * leaves in between is the {@link Collector}'s.
 */
final class Bodies {

    private static final Logger LOG = Logger.getLogger(Bodies.class);

    /** Large fields stay beside the small ones as long as they take no more than this together, in bytes. */
    static final int BESIDE = 2 * 1024;

    /** Of a job without its body, in bytes; nothing the driver makes comes near. */
    static final int LARGEST_HEAD = 512 * 1024;

    /** Of the large fields of a job, in bytes: three of the largest requests. Patches may add to a job, but not for ever. */
    static final int LARGEST_BODY = 32 * 1024 * 1024;

    private record Sized(String field, int bytes) {}

    private final BodyStore store;

    Bodies(BodyStore store) {
        this.store = store;
    }

    /**
     * The job as it can be stored.
     *
     * @param former as it stands: its body stays where it is if it has not changed
     * @throws RegistryException 413 if there is no room for it
     */
    Job fitting(Job job, Optional<Job> former) {
        if (job.body().isPresent()) {
            return leaving(job.document()).isEmpty() ? small(job) : fitting(whole(job), former);
        }
        var leaving = leaving(job.document());
        if (leaving.isEmpty()) {
            return small(job);
        }
        var head = job.document().deepCopy();
        var body = head.objectNode();
        leaving.forEach(field -> body.set(field, head.remove(field)));
        var content = JobCodec.write(body);
        if (content.length > LARGEST_BODY) {
            throw RegistryException.tooLarge(
                    "the job would be larger than " + LARGEST_BODY / 1024 / 1024 + " MiB with what is added to it");
        }
        var stays = former.flatMap(Job::body).filter(it -> holds(it, leaving, content));
        if (stays.isPresent()) {
            return small(job.with(head, stays));
        }
        var packed = Gzip.pack(content);
        checkRoom(packed.length);
        var key = BodyKey.of(job.backendId(), job.id(), content).toString();
        var split = small(job.with(head, Optional.of(new Body(key, Set.copyOf(leaving)))));
        store.put(key, packed);
        return split;
    }

    /** The job with all its fields in its document. */
    Job whole(Job job) {
        return job.body()
                .map(body -> {
                    var document = job.document().deepCopy();
                    document.setAll(content(body));
                    return job.with(document, Optional.empty());
                })
                .orElse(job);
    }

    /** Removes the body of a job that is no more. That may fail: nobody refers to it, and it is collected. */
    void discard(Job gone) {
        gone.body().ifPresent(body -> {
            try {
                store.delete(body.key());
            } catch (StoreException e) {
                LOG.infof("a body stays until it is collected: %s", e.getMessage());
            }
        });
    }

    /** Removes the body of a job that {@code other} has taken the place of, unless it is the other's too. */
    void discard(Job gone, Job other) {
        if (!gone.body().equals(other.body())) {
            discard(gone);
        }
    }

    private ObjectNode content(Body body) {
        var packed = store.get(body.key())
                .orElseThrow(() -> new StoreException("a job's body is gone: " + body.key(), null));
        try {
            var content = Gzip.unpack(packed);
            if (BodyKey.parse(body.key()).filter(key -> key.names(content)).isEmpty()) {
                throw new IOException("the content is not what was put");
            }
            return JobCodec.readDocument(content);
        } catch (IOException e) {
            throw new StoreException("a job's body is damaged: " + body.key(), e);
        }
    }

    /** The largest go first, until the rest may stay. In a fixed order, so that equal bodies have equal content. */
    private static List<String> leaving(ObjectNode document) {
        var sizes = LargeFields.ALL.stream()
                .filter(document::has)
                .map(field -> new Sized(field, JobCodec.write(document.get(field)).length))
                .sorted(Comparator.comparingInt(Sized::bytes).thenComparing(Sized::field))
                .toList();
        var room = BESIDE;
        var staying = 0;
        while (staying < sizes.size() && sizes.get(staying).bytes() <= room) {
            room -= sizes.get(staying).bytes();
            staying++;
        }
        return sizes.stream().skip(staying).map(Sized::field).sorted().toList();
    }

    private static boolean holds(Body body, List<String> fields, byte[] content) {
        return body.fields().equals(Set.copyOf(fields))
                && BodyKey.parse(body.key()).filter(key -> key.names(content)).isPresent();
    }

    private void checkRoom(int bytes) {
        if (bytes > store.largest()) {
            throw RegistryException.tooLarge(
                    "the job's large fields take %d KiB compressed, and without a bucket of its own the registry"
                                    .formatted(bytes / 1024)
                            + " keeps at most %d KiB of each job".formatted(store.largest() / 1024));
        }
    }

    private static Job small(Job job) {
        if (JobCodec.write(job).length > LARGEST_HEAD) {
            throw RegistryException.tooLarge("the job's small fields alone are larger than " + LARGEST_HEAD + " bytes");
        }
        return job;
    }
}
