package io.orrery.provisioner.reconcile;

import io.orrery.contracts.S3Keys;
import java.net.URI;

/** Buckets of S3 services. Every call may throw {@link CloudException}. */
public interface Buckets {

    /** Where, and with whose keys. */
    record Place(URI endpoint, String region, S3Keys keys) {}

    boolean exists(Place place, String bucket);

    /** Harmless if it is ours already. */
    void create(Place place, String bucket);

    void put(Place place, String bucket, String key, byte[] content);

    byte[] get(Place place, String bucket, String key);

    /** Harmless if it is gone. */
    void delete(Place place, String bucket, String key);

    /** Empties and removes it; harmless if it is gone. */
    void remove(Place place, String bucket);

    /** @throws CloudException if there are no such keys */
    S3Keys keys(String credentials);
}
