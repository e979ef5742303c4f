package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.Job.Body;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the large fields out of jobs that are too large for a node of ZooKeeper, and puts them back where they are
 * needed. Written before the job that refers to them, removed after the job that no longer does: no reader meets a job
 * without its body.
 */
final class Bodies {

    /** Half of what ZooKeeper takes by default (jute.maxbuffer): requests carry more than the data. */
    static final int LARGEST_NODE = 512 * 1024;

    private static final List<String> LARGE = List.of(
            "process",
            "results_metadata",
            "job_options",
            "assets",
            "links",
            "usage",
            "dependencies",
            "unique_process_ids",
            "description");

    private final BodyStore store;

    Bodies(BodyStore store) {
        this.store = store;
    }

    /**
     * The job as it can be stored.
     *
     * @throws RegistryException 413 if there is no room for it
     */
    Job fitting(Job job) {
        var size = JobCodec.write(job).length;
        if (size <= LARGEST_NODE) {
            return job;
        }
        if (!store.isThere()) {
            throw RegistryException.tooLarge(
                    "the job would take %d KiB, and without a bucket of its own the registry".formatted(size / 1024)
                            + " keeps at most %d KiB of each".formatted(LARGEST_NODE / 1024));
        }
        var head = job.document().deepCopy();
        var body = head.objectNode();
        LARGE.stream().filter(head::has).forEach(field -> body.set(field, head.remove(field)));
        var content = JobCodec.write(body);
        var key = prefix(job.backendId()) + encoded(job.id()) + "/" + sha256(content);
        var split = job.with(head, Optional.of(new Body(key, names(body))));
        if (JobCodec.write(split).length > LARGEST_NODE) {
            throw RegistryException.tooLarge("the job's small fields alone are larger than " + LARGEST_NODE + " bytes");
        }
        store.put(key, content);
        return split;
    }

    /** The job with all its fields in its document. */
    Job whole(Job job) {
        return job.body()
                .map(body -> {
                    var document = job.document().deepCopy();
                    document.setAll(JobCodec.readDocument(store.get(body.key())));
                    return job.with(document, Optional.empty());
                })
                .orElse(job);
    }

    /** Removes the body that {@code former} referred to, if {@code next} does not. */
    void discard(Job former, Job next) {
        former.body().filter(body -> !next.body().equals(former.body())).ifPresent(body -> store.delete(body.key()));
    }

    void discardAll(String backendId) {
        store.deleteAll(prefix(backendId));
    }

    private static Set<String> names(ObjectNode body) {
        return Set.copyOf(body.propertyStream().map(field -> field.getKey()).toList());
    }

    private static String prefix(String backendId) {
        return "jobs/" + encoded(backendId) + "/";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
