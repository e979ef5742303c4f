package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Uid;
import io.orrery.provisioner.reconcile.Buckets.Place;
import io.orrery.provisioner.reconcile.Executor.Secrets;
import io.orrery.reconciler.facts.PlatformFacts;
import java.util.Optional;

/** Where a platform is built, and what is known of it. */
record Site(PlatformFacts about, Uid uid, Cloud cloud, Optional<Bucket> bucket, Secrets secrets) {

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

        void put(String key, byte[] content) {
            buckets.put(place, name, key, content);
        }
    }
}
