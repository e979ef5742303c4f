package io.orrery.provisioner.reconcile;

import io.orrery.contracts.S3Keys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An S3 service of maps. */
final class InMemoryBuckets implements Buckets {

    final Map<String, Map<String, byte[]>> buckets = new ConcurrentHashMap<>();

    @Override
    public boolean exists(Place place, String bucket) {
        return buckets.containsKey(bucket);
    }

    @Override
    public void create(Place place, String bucket) {
        buckets.putIfAbsent(bucket, new ConcurrentHashMap<>());
    }

    @Override
    public void put(Place place, String bucket, String key, byte[] content) {
        buckets.get(bucket).put(key, content);
    }

    @Override
    public byte[] get(Place place, String bucket, String key) {
        return buckets.get(bucket).get(key);
    }

    @Override
    public void delete(Place place, String bucket, String key) {
        buckets.get(bucket).remove(key);
    }

    @Override
    public void remove(Place place, String bucket) {
        buckets.remove(bucket);
    }

    @Override
    public S3Keys keys(String credentials) {
        return new S3Keys("key-of-" + credentials, "secret-of-" + credentials);
    }
}
