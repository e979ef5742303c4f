package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Uid;
import io.orrery.provisioner.reconcile.Buckets.Place;
import io.orrery.provisioner.reconcile.Executor.Secrets;
import io.orrery.reconciler.facts.PlatformFacts;
import java.util.Optional;

/**
 * Where a platform is built, and what is known of it.
 *
 * @param ownKeys whether the bucket's keys are ours to make; as long as they are not there, there is no bucket here
 */
record Site(PlatformFacts about, Uid uid, Cloud cloud, boolean ownKeys, Optional<Bucket> bucket, Secrets secrets) {

    /** Whether a bucket is wanted of which nothing can be known yet. */
    boolean waitsForKeys() {
        return ownKeys && bucket.isEmpty();
    }

    /** The platform's bucket, by the keys of the document. */
    record Bucket(Buckets buckets, Place place, String name) {

        boolean exists() {
            return buckets.exists(place, name);
        }

        void create() {
            buckets.create(place, name);
        }

        void remove() {
            buckets.remove(place, name);
        }

        byte[] get(String key) {
            return buckets.get(place, name, key);
        }

        void delete(String key) {
            buckets.delete(place, name, key);
        }

        void put(String key, byte[] content) {
            buckets.put(place, name, key, content);
        }
    }
}
