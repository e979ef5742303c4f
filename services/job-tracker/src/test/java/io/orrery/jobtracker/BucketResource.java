package io.orrery.jobtracker;

import io.orrery.sandbox.testkit.TestBackbone;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Gives the registry of the application under test a bucket for its large jobs. */
public final class BucketResource implements QuarkusTestResourceLifecycleManager {

    private static final String NAME = "registry-bodies";

    @Override
    public Map<String, String> start() {
        var s3 = TestBackbone.shared().s3();
        make(s3.endpoint(), AwsBasicCredentials.create(s3.accessKey(), s3.secretKey()));
        return Map.of(
                "orrery.job-tracker.s3.endpoint", s3.endpoint().toString(),
                "orrery.job-tracker.s3.bucket", NAME,
                "orrery.job-tracker.s3.access-key", s3.accessKey(),
                "orrery.job-tracker.s3.secret-key", s3.secretKey());
    }

    private static void make(URI endpoint, AwsBasicCredentials keys) {
        try (var client = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of("RegionOne"))
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .forcePathStyle(true)
                .build()) {
            client.createBucket(it -> it.bucket(NAME));
        }
    }

    @Override
    public void stop() {}
}
