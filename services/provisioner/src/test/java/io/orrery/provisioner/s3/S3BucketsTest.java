package io.orrery.provisioner.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.contracts.S3Keys;
import io.orrery.provisioner.reconcile.Buckets.Place;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.sandbox.testkit.TestBackbone;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * On a genuine S3 service: the sandbox's, or the one that {@code S3_ENDPOINT}, {@code AWS_REGION}, {@code
 * AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY} name.
 */
class S3BucketsTest {

    @TempDir
    Path folder;

    private final String bucket = "orrery-test-" + UUID.randomUUID();
    private final Place place = place(System.getenv());
    private S3Buckets buckets;

    @BeforeEach
    void make() {
        buckets = new S3Buckets(folder);
        buckets.create(place, bucket);
    }

    @AfterEach
    void remove() {
        buckets.remove(place, bucket);
    }

    private static Place place(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("S3_ENDPOINT"))
                .map(endpoint -> new Place(
                        URI.create(endpoint),
                        environment.getOrDefault("AWS_REGION", ""),
                        new S3Keys(environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .orElseGet(() -> {
                    var s3 = TestBackbone.shared().s3();
                    return new Place(s3.endpoint(), "", new S3Keys(s3.accessKey(), s3.secretKey()));
                });
    }

    @Test
    void givesBackWhatWasPutUntilItIsDeleted() {
        buckets.put(place, bucket, "a/b", "content".getBytes(UTF_8));
        assertThat(buckets.get(place, bucket, "a/b")).asString(UTF_8).isEqualTo("content");

        buckets.delete(place, bucket, "a/b");

        assertThatThrownBy(() -> buckets.get(place, bucket, "a/b")).satisfies(sorted(Sort.NOT_FOUND));
        buckets.delete(place, bucket, "a/b");
    }

    @Test
    void makesABucketOnlyOnceHoweverOftenItIsAsked() {
        buckets.put(place, bucket, "kept", new byte[] {1});

        buckets.create(place, bucket);

        assertThat(buckets.exists(place, bucket)).isTrue();
        assertThat(buckets.get(place, bucket, "kept")).hasSize(1);
    }

    @Test
    void removesABucketWithAllThatIsInItAlsoUploadsThatWereNeverFinished() {
        IntStream.range(0, 20).forEach(n -> buckets.put(place, bucket, "object-" + n, new byte[] {1}));
        try (var client = client()) {
            var upload = client.createMultipartUpload(
                    request -> request.bucket(bucket).key("unfinished"));
            client.uploadPart(
                    request -> request.bucket(bucket)
                            .key("unfinished")
                            .uploadId(upload.uploadId())
                            .partNumber(1),
                    RequestBody.fromString("part"));
        }

        buckets.remove(place, bucket);

        assertThat(buckets.exists(place, bucket)).isFalse();
        buckets.remove(place, bucket);
    }

    @Test
    void removesABucketWithAllVersionsWhereTheServiceKeepsThem() {
        try (var client = client()) {
            client.putBucketVersioning(request ->
                    request.bucket(bucket).versioningConfiguration(all -> all.status(BucketVersioningStatus.ENABLED)));
        } catch (S3Exception e) {
            Assumptions.abort("this service keeps no versions: " + e.statusCode());
        }
        buckets.put(place, bucket, "twice", new byte[] {1});
        buckets.put(place, bucket, "twice", new byte[] {2});
        buckets.delete(place, bucket, "twice");

        buckets.remove(place, bucket);

        assertThat(buckets.exists(place, bucket)).isFalse();
    }

    @Test
    void sortsWhatTheServiceRefuses() {
        var stranger = new Place(
                place.endpoint(), place.region(), new S3Keys(place.keys().accessKey(), "wrong"));

        assertThatThrownBy(() -> buckets.put(stranger, bucket, "a", new byte[] {1}))
                .satisfies(sorted(Sort.REFUSED));
        assertThatThrownBy(() -> buckets.put(place, "orrery-test-nobodys", "a", new byte[] {1}))
                .satisfies(sorted(Sort.NOT_FOUND));
    }

    @Test
    void saysThatAServiceThatIsDownGaveNoAnswer() throws IOException {
        URI nowhere;
        try (var socket = new ServerSocket(0)) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        assertThatThrownBy(() -> buckets.exists(new Place(nowhere, "", place.keys()), bucket))
                .satisfies(sorted(Sort.UNSURE))
                .hasMessageContaining("S3 gave no answer");
    }

    @Test
    void readsMountedKeysByOurNamesAndByThoseOfAws() throws IOException {
        Files.writeString(folder.resolve("ours"), "access_key=a\nsecret_key=s\n");
        Files.writeString(folder.resolve("aws"), "aws_access_key_id = a\naws_secret_access_key = s\n");
        Files.writeString(folder.resolve("half"), "access_key=a\n");

        assertThat(buckets.keys("ours")).isEqualTo(new S3Keys("a", "s")).isEqualTo(buckets.keys("aws"));
        assertThatThrownBy(() -> buckets.keys("half")).hasMessageContaining("half have no secret_key");
        assertThatThrownBy(() -> buckets.keys("none")).hasMessageContaining("no credentials none mounted");
    }

    private static Consumer<Throwable> sorted(Sort sort) {
        return thrown -> assertThat(thrown).isInstanceOfSatisfying(CloudException.class, e -> assertThat(e.sort())
                .isEqualTo(sort));
    }

    private S3Client client() {
        return S3Client.builder()
                .endpointOverride(place.endpoint())
                .region(Region.of(place.region().isEmpty() ? "us-east-1" : place.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        place.keys().accessKey(), place.keys().secretKey())))
                .build();
    }
}
