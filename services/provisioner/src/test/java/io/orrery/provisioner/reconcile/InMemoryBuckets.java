package io.orrery.provisioner.reconcile;

import io.orrery.contracts.S3Keys;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An S3 service of maps, which can be away, or refuse. */
final class InMemoryBuckets implements Buckets {

    final Map<String, Map<String, byte[]>> buckets = new ConcurrentHashMap<>();
    private volatile Optional<String> down = Optional.empty();
    private volatile String refused = "";

    /** From now on it does not answer. */
    void down(String why) {
        down = Optional.of(why);
    }

    /** From now on it refuses to do this. */
    void refuse(String verb) {
        refused = verb;
    }

    /** From now on all is well. */
    void up() {
        down = Optional.empty();
        refused = "";
    }

    private Map<String, Map<String, byte[]>> all(String verb) {
        down.ifPresent(why -> {
            throw new CloudException(Sort.UNSURE, why);
        });
        if (verb.equals(refused)) {
            throw new CloudException(Sort.REFUSED, "S3 refuses to " + verb);
        }
        return buckets;
    }

    private Map<String, byte[]> in(String bucket, String verb) {
        return Optional.ofNullable(all(verb).get(bucket))
                .orElseThrow(() -> new CloudException(Sort.NOT_FOUND, "there is no bucket " + bucket));
    }

    @Override
    public boolean exists(Place place, String bucket) {
        return all("head").containsKey(bucket);
    }

    @Override
    public void create(Place place, String bucket) {
        all("create").putIfAbsent(bucket, new ConcurrentHashMap<>());
    }

    @Override
    public void put(Place place, String bucket, String key, byte[] content) {
        in(bucket, "put").put(key, content);
    }

    @Override
    public byte[] get(Place place, String bucket, String key) {
        return in(bucket, "get").get(key);
    }

    @Override
    public void delete(Place place, String bucket, String key) {
        in(bucket, "delete").remove(key);
    }

    @Override
    public void remove(Place place, String bucket) {
        all("remove").remove(bucket);
    }

    @Override
    public S3Keys keys(String credentials) {
        return new S3Keys("key-of-" + credentials, "secret-of-" + credentials);
    }
}
