package io.orrery.monitoring.reconcile;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.S3Keys;
import io.orrery.monitoring.model.HistoryServer;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.seal.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes the wish for a Spark History Server of what the document and the infrastructure say. */
final class HistoryServers {

    private final Sealer sealer;

    HistoryServers(Sealer sealer) {
        this.sealer = sealer;
    }

    HistoryServer of(PlatformStatus platform, Foundation.Bucket bucket) {
        var spec = platform.document().spec();
        var keys = keys(platform, bucket);
        return new HistoryServer(
                spec.monitoring().namespace(),
                spec.openeo().image(),
                bucket.endpoint(),
                bucket.region(),
                bucket.name(),
                keys.accessKey(),
                keys.secretKey(),
                platform.uid().toString());
    }

    private S3Keys keys(PlatformStatus platform, Foundation.Bucket bucket) {
        try {
            return FactCodec.read(sealer.open(platform.uid(), bucket.credentials()), S3Keys.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the bucket's keys cannot be read", e);
        }
    }
}
