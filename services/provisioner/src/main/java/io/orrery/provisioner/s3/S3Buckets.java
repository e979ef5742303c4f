package io.orrery.provisioner.s3;

import io.orrery.contracts.S3Keys;
import io.orrery.provisioner.reconcile.Buckets;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets by S3's protocol, addressed by path, as Swift's and Ceph's S3 want it. */
public final class S3Buckets implements Buckets {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path credentials;
    private final Map<Place, S3Client> clients = new ConcurrentHashMap<>();

    /** @param credentials folder of files with the lines {@code access_key=} and {@code secret_key=}, or as AWS calls
     *     them; the document names one of them */
    public S3Buckets(Path credentials) {
        this.credentials = credentials;
    }

    @Override
    public boolean exists(Place place, String bucket) {
        return sorted(() -> {
            try {
                client(place).headBucket(request -> request.bucket(bucket));
                return true;
            } catch (NoSuchBucketException e) {
                return false;
            }
        });
    }

    @Override
    public void create(Place place, String bucket) {
        sorted(() -> {
            try {
                client(place).createBucket(request -> request.bucket(bucket));
            } catch (BucketAlreadyOwnedByYouException e) {
                return true;
            }
            return true;
        });
    }

    @Override
    public void put(Place place, String bucket, String key, byte[] content) {
        sorted(() ->
                client(place).putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content)));
    }

    @Override
    public byte[] get(Place place, String bucket, String key) {
        return sorted(() -> client(place)
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray());
    }

    @Override
    public void delete(Place place, String bucket, String key) {
        sorted(() ->
                client(place).deleteObject(request -> request.bucket(bucket).key(key)));
    }

    @Override
    public void remove(Place place, String bucket) {
        sorted(() -> {
            try {
                new Emptying(client(place), bucket).run();
                client(place).deleteBucket(request -> request.bucket(bucket));
            } catch (NoSuchBucketException e) {
                return false;
            }
            return true;
        });
    }

    @Override
    public S3Keys keys(String name) {
        var file = credentials.resolve(name);
        if (!Files.isReadable(file)) {
            throw new CloudException(Sort.REFUSED, "there are no credentials " + name + " mounted");
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new CloudException(Sort.REFUSED, "credentials " + name + " cannot be read", null, null, e);
        }
        return new S3Keys(
                property(name, properties, "access_key", "aws_access_key_id"),
                property(name, properties, "secret_key", "aws_secret_access_key"));
    }

    private static String property(String name, Properties properties, String key, String alias) {
        return Optional.ofNullable(properties.getProperty(key))
                .or(() -> Optional.ofNullable(properties.getProperty(alias)))
                .orElseThrow(() -> new CloudException(Sort.REFUSED, "credentials " + name + " have no " + key));
    }

    private S3Client client(Place place) {
        return clients.computeIfAbsent(place, it -> S3Client.builder()
                .endpointOverride(it.endpoint())
                .region(Region.of(it.region().isEmpty() ? "us-east-1" : it.region()))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create())
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(8).socketTimeout(PATIENCE))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        it.keys().accessKey(), it.keys().secretKey())))
                .build());
    }

    private static <T> T sorted(Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            throw new CloudException(sort(e.statusCode()), "S3 says: " + e.getMessage(), e.requestId(), null, e);
        } catch (SdkClientException e) {
            throw new CloudException(Sort.UNSURE, "S3 gave no answer: " + e.getMessage(), null, null, e);
        }
    }

    private static Sort sort(int status) {
        return switch (status) {
            case 404 -> Sort.NOT_FOUND;
            case 409 -> Sort.CONFLICT;
            case 429, 503 -> Sort.BUSY;
            default -> status >= 500 ? Sort.UNSURE : Sort.REFUSED;
        };
    }
}
