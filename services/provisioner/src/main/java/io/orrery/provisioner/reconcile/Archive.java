package io.orrery.provisioner.reconcile;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where certificates are kept beside Kafka: a bucket of the operator's, which is not any platform's. */
public final class Archive {

    /** How long a certificate is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    /** @param credentials name of the mounted secret with the keys */
    public record Place(URI endpoint, String region, String bucket, String credentials) {}

    private final Buckets buckets;
    private final Optional<Place> place;

    /** @param place empty: certificates are put into the platforms' own buckets, where these stay */
    public Archive(Buckets buckets, Optional<Place> place) {
        this.buckets = buckets;
        this.place = place;
    }

    boolean isOpen() {
        return place.isPresent();
    }

    void put(String path, byte[] content) {
        place.ifPresent(it -> buckets.put(opened(it), it.bucket(), path, content));
    }

    /** Harmless if it is not there. */
    void remove(String path) {
        place.ifPresent(it -> buckets.delete(opened(it), it.bucket(), path));
    }

    private Buckets.Place opened(Place it) {
        return new Buckets.Place(it.endpoint(), it.region(), buckets.keys(it.credentials()));
    }

    static String path(PlatformName platform, Uid uid) {
        return "orrery/" + platform + "/" + uid + "/certificate.json";
    }
}
