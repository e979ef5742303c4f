package io.orrery.jobtracker.s3;

import io.orrery.contracts.Foundation.Bucket;
import io.orrery.contracts.S3Keys;
import io.orrery.jobtracker.reconcile.Buckets;
import io.orrery.jobtracker.reconcile.Results;

/** Platforms' buckets by the S3 protocol. */
public final class S3Buckets implements Buckets {

    @Override
    public Results open(Bucket bucket, S3Keys keys) {
        return new S3Results(
                new Place(bucket.endpoint(), bucket.region(), bucket.name(), keys.accessKey(), keys.secretKey()));
    }
}
