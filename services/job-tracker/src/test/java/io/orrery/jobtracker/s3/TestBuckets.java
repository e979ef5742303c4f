package io.orrery.jobtracker.s3;

import io.orrery.sandbox.backbone.S3;
import java.time.Duration;
import java.util.UUID;

/** Buckets for tests. */
public final class TestBuckets {

    private TestBuckets() {}

    /** An empty one. */
    public static Place make(S3 s3) {
        var place = new Place(s3.endpoint(), "", "b-" + UUID.randomUUID(), s3.accessKey(), s3.secretKey());
        try (var client = S3Clients.client(
                place.endpoint(), place.region(), place.accessKey(), place.secretKey(), Duration.ofSeconds(30))) {
            client.createBucket(it -> it.bucket(place.bucket()));
        }
        return place;
    }
}
