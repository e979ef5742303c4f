package io.orrery.jobtracker.s3;

import io.orrery.jobtracker.registry.BodyStore;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The large parts of jobs, compressed, in a bucket of the registry's own. */
public final class S3Bodies implements BodyStore, AutoCloseable {

    private final S3Client s3;
    private final String bucket;

    public S3Bodies(Place place) {
        this.s3 = S3Clients.client(place.endpoint(), place.region(), place.accessKey(), place.secretKey());
        this.bucket = place.bucket();
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void put(String key, byte[] content) {
        var packed = packed(content);
        said("keep", () -> s3.putObject(it -> it.bucket(bucket).key(key), RequestBody.fromBytes(packed)));
    }

    @Override
    public byte[] get(String key) {
        var packed =
                said("read", () -> s3.getObjectAsBytes(it -> it.bucket(bucket).key(key)));
        try (var content = new GZIPInputStream(new ByteArrayInputStream(packed.asByteArrayUnsafe()))) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new StoreException("a job's body is damaged: " + key, e);
        }
    }

    @Override
    public void delete(String key) {
        said("delete", () -> s3.deleteObject(it -> it.bucket(bucket).key(key)));
    }

    @Override
    public void deleteAll(String prefix) {
        said("list", () -> s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(prefix)).contents().stream()
                        .toList())
                .forEach(object -> delete(object.key()));
    }

    @Override
    public void close() {
        s3.close();
    }

    private static byte[] packed(byte[] content) {
        var packed = new ByteArrayOutputStream(content.length / 4);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    private static <T> T said(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new StoreException("cannot " + what + " a job's body in S3: " + e.getMessage(), e);
        }
    }
}
