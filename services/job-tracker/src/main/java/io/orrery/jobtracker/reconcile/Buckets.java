package io.orrery.jobtracker.reconcile;

import io.orrery.contracts.Foundation.Bucket;
import io.orrery.contracts.S3Keys;

/** The object stores that results can be read from. */
@FunctionalInterface
public interface Buckets {

    Results open(Bucket bucket, S3Keys keys);
}
