package io.orrery.jobtracker.reconcile;

import io.orrery.contracts.Foundation.Bucket;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The bucket of one platform as it is told of now; opened when it is first needed, and anew when it has changed. */
final class ResultsOfPlatform implements AutoCloseable {

    private record Key(Uid uid, URI endpoint, String name, String digest) {
        static Key of(Uid uid, Bucket bucket) {
            return new Key(
                    uid, bucket.endpoint(), bucket.name(), bucket.credentials().digest());
        }
    }

    private record Opened(Key key, Results results) {}

    private final PlatformName platform;
    private final Facts facts;
    private final Sealer sealer;
    private final Buckets buckets;
    private Optional<Opened> opened = Optional.empty();

    ResultsOfPlatform(PlatformName platform, Facts facts, Sealer sealer, Buckets buckets) {
        this.platform = platform;
        this.facts = facts;
        this.sealer = sealer;
        this.buckets = buckets;
    }

    /** Empty while the platform has no bucket. */
    synchronized Optional<Results> get() {
        var infrastructure = facts.about(platform).infrastructure();
        var bucket = infrastructure.flatMap(InfrastructureStatus::foundation).flatMap(it -> it.bucket());
        return bucket.map(it -> of(infrastructure.get().uid(), it));
    }

    private Results of(Uid uid, Bucket bucket) {
        var key = Key.of(uid, bucket);
        if (opened.filter(it -> it.key.equals(key)).isEmpty()) {
            close();
            opened = Optional.of(new Opened(key, buckets.open(bucket, keys(uid, bucket))));
        }
        return opened.get().results;
    }

    private S3Keys keys(Uid uid, Bucket bucket) {
        try {
            return FactCodec.read(sealer.open(uid, bucket.credentials()), S3Keys.class);
        } catch (IOException e) {
            throw new IllegalStateException("the keys of bucket " + bucket.name() + " cannot be read", e);
        }
    }

    @Override
    public synchronized void close() {
        opened.ifPresent(it -> it.results.close());
        opened = Optional.empty();
    }
}
