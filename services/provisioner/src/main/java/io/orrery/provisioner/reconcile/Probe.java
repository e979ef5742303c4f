package io.orrery.provisioner.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.Uid;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.Arrays;
import java.util.function.Supplier;

/** Finds out whether a bucket does what it is for, by an object that is put, got and deleted again. */
final class Probe {

    private final Site.Bucket bucket;
    private final String key;

    Probe(Site.Bucket bucket, Uid uid) {
        this.bucket = bucket;
        this.key = "orrery/probes/" + uid;
    }

    /** @throws CloudException whose reason says which of the three does not work */
    void run() {
        var content = key.getBytes(UTF_8);
        attempt("PutFailed", "put an object into", () -> {
            bucket.put(key, content);
            return true;
        });
        var got = attempt("GetFailed", "get an object from", () -> bucket.get(key));
        if (!Arrays.equals(got, content)) {
            throw new CloudException(Sort.REFUSED, "it is not what was put there")
                    .because("GetFailed", "an object got from bucket " + bucket.name());
        }
        attempt("DeleteFailed", "delete an object from", () -> {
            bucket.delete(key);
            return true;
        });
    }

    private <T> T attempt(String reason, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (CloudException e) {
            throw e.because(reason, "cannot " + what + " bucket " + bucket.name());
        }
    }
}
