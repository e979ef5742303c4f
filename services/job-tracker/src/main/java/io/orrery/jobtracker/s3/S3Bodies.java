package io.orrery.jobtracker.s3;

import io.orrery.jobtracker.registry.BodyStore;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The large parts of jobs, and those jobs that are kept for the record, in a bucket of the registry's own. */
public final class S3Bodies implements BodyStore, AutoCloseable {

    /** openEO's driver gives up after 20 s; it had better be told. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final S3Client s3;
    private final String bucket;

    public S3Bodies(Place place) {
        this.s3 = S3Clients.client(place.endpoint(), place.region(), place.accessKey(), place.secretKey(), PATIENCE);
        this.bucket = place.bucket();
    }

    @Override
    public long largest() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean takesSegments() {
        return true;
    }

    @Override
    public void put(String key, byte[] content) {
        said("keep", () -> s3.putObject(it -> it.bucket(bucket).key(key), RequestBody.fromBytes(content)));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return read(it -> it.bucket(bucket).key(key));
    }

    @Override
    public Optional<byte[]> get(String key, long offset, int length) {
        var range = "bytes=%d-%d".formatted(offset, offset + length - 1);
        return read(it -> it.bucket(bucket).key(key).range(range));
    }

    private Optional<byte[]> read(Consumer<GetObjectRequest.Builder> what) {
        return said("read", () -> {
            try {
                return Optional.of(s3.getObjectAsBytes(what).asByteArrayUnsafe());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void delete(String key) {
        said("delete", () -> s3.deleteObject(it -> it.bucket(bucket).key(key)));
    }

    @Override
    public void deleteAll(String prefix) {
        list(prefix).toList().forEach(kept -> delete(kept.key()));
    }

    @Override
    public Stream<Kept> list(String prefix) {
        var objects = said(
                "list", () -> s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(prefix)).contents().stream()
                        .toList());
        return objects.stream().map(object -> new Kept(object.key(), object.lastModified()));
    }

    @Override
    public void close() {
        s3.close();
    }

    private static <T> T said(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new StoreException("cannot " + what + " jobs in S3: " + e.getMessage(), e);
        }
    }
}
