package io.orrery.jobtracker.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.reconcile.Results;
import io.orrery.jobtracker.registry.JobCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads what a job has written about its results, {@code job_metadata.json}, from the platform's bucket. */
final class S3Results implements Results {

    private static final Logger LOG = Logger.getLogger(S3Results.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/(.+)");

    /** Results metadata of huge jobs reach some 10 MiB. */
    private static final long LARGEST = 64L * 1024 * 1024;

    private record Thing(String bucket, String key) {}

    private final S3Client s3;
    private final String bucket;

    S3Results(Place place) {
        this.s3 = S3Clients.client(place.endpoint(), place.region(), place.accessKey(), place.secretKey(), PATIENCE);
        this.bucket = place.bucket();
    }

    @Override
    public Optional<ObjectNode> metadata(Job job) throws UnreachableException {
        var thing = where(job);
        try {
            var size =
                    s3.headObject(it -> it.bucket(thing.bucket).key(thing.key)).contentLength();
            if (size > LARGEST) {
                LOG.warnf("results metadata of %s has %d bytes and is not read", job.id(), size);
                return Optional.empty();
            }
            var content = s3.getObjectAsBytes(it -> it.bucket(thing.bucket).key(thing.key));
            return Optional.of(JobCodec.readDocument(content.asByteArrayUnsafe()));
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new UnreachableException("results metadata of " + job.id() + ": " + e.getMessage(), e);
        }
    }

    private Thing where(Job job) {
        var address = ADDRESS.matcher(job.text("results_metadata_uri").orElse(""));
        return address.matches()
                ? new Thing(address.group(1), address.group(2))
                : new Thing(bucket, "batch_jobs/" + job.id() + "/job_metadata.json");
    }

    @Override
    public void close() {
        s3.close();
    }
}
