package io.orrery.sandbox.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Each statement holds for both stores: a folder, and memory. */
class S3ServerIT {
    private static final int PART = 5 * 1024 * 1024;

    enum Store {
        FOLDER,
        MEMORY;

        Backbone start(Path folder) {
            return Backbone.start(this == FOLDER ? BackboneSettings.keptIn(folder) : BackboneSettings.temporary());
        }
    }

    private static S3Client client(S3 s3, String secret) {
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKey(), secret)))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatServicesPutIntoIt(Store store, @TempDir Path folder) {
        try (var backbone = store.start(folder);
                var s3 = client(backbone.s3(), backbone.s3().secretKey())) {
            s3.createBucket(bucket -> bucket.bucket("jobs"));
            objects(s3);
            conditions(s3);
            multipart(s3);
            outage(backbone.s3(), s3);
            deletions(s3);
        }
    }

    private static void objects(S3Client s3) {
        s3.putObject(
                put -> put.bucket("jobs")
                        .key("jobs/1/spec.json")
                        .contentType("application/json")
                        .metadata(Map.of("platform", "demo")),
                RequestBody.fromString("{}"));
        for (var key : List.of("jobs/2/spec.json", "other")) {
            s3.putObject(put -> put.bucket("jobs").key(key), RequestBody.fromString(key));
        }

        var got = s3.getObjectAsBytes(get -> get.bucket("jobs").key("jobs/1/spec.json"));
        assertThat(got.asUtf8String()).isEqualTo("{}");
        assertThat(got.response().contentType()).isEqualTo("application/json");
        assertThat(got.response().metadata()).containsEntry("platform", "demo");
        assertThat(keys(s3, "jobs/")).containsExactly("jobs/1/spec.json", "jobs/2/spec.json");
        var page = s3.listObjectsV2(list -> list.bucket("jobs").maxKeys(2));
        assertThat(page.isTruncated()).isTrue();
        assertThat(s3.listObjectsV2(list -> list.bucket("jobs").continuationToken(page.nextContinuationToken()))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("other");
    }

    private static void conditions(S3Client s3) {
        s3.putObject(put -> put.bucket("jobs").key("once").ifNoneMatch("*"), RequestBody.fromString("first"));

        var refused = catchThrowableOfType(
                S3Exception.class,
                () -> s3.putObject(
                        put -> put.bucket("jobs").key("once").ifNoneMatch("*"), RequestBody.fromString("second")));

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(s3.getObjectAsBytes(get -> get.bucket("jobs").key("once")).asUtf8String())
                .isEqualTo("first");
    }

    private static void multipart(S3Client s3) {
        var upload = s3.createMultipartUpload(create -> create.bucket("jobs").key("large"))
                .uploadId();
        var parts = Stream.of(1, 2)
                .map(number -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(s3.uploadPart(
                                        part -> part.bucket("jobs")
                                                .key("large")
                                                .uploadId(upload)
                                                .partNumber(number),
                                        RequestBody.fromBytes(new byte[number == 1 ? PART : 7]))
                                .eTag())
                        .build())
                .toList();
        s3.completeMultipartUpload(complete ->
                complete.bucket("jobs").key("large").uploadId(upload).multipartUpload(all -> all.parts(parts)));

        assertThat(s3.headObject(head -> head.bucket("jobs").key("large")).contentLength())
                .isEqualTo(PART + 7);
    }

    private static void outage(S3 server, S3Client s3) {
        server.stop();
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(s3::listBuckets);
        server.start();

        assertThat(keys(s3, "")).containsExactly("jobs/1/spec.json", "jobs/2/spec.json", "large", "once", "other");
        try (var stranger = client(server, "not the secret")) {
            var refused = catchThrowableOfType(S3Exception.class, stranger::listBuckets);
            assertThat(refused.statusCode()).isEqualTo(403);
        }
    }

    private static void deletions(S3Client s3) {
        var all = keys(s3, "").stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        s3.deleteObjects(delete ->
                delete.bucket("jobs").delete(Delete.builder().objects(all).build()));
        assertThat(keys(s3, "")).isEmpty();
        s3.deleteBucket(delete -> delete.bucket("jobs"));
        assertThat(s3.listBuckets().buckets()).isEmpty();
    }

    private static List<String> keys(S3Client s3, String prefix) {
        return s3.listObjectsV2(list -> list.bucket("jobs").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
