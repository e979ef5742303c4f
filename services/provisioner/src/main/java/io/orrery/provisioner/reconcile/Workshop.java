package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Sealed;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.seal.Sealer;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What every pass works with.
 *
 * @param suffixes random endings of machines' names
 */
record Workshop(Executor executor, Sealer sealer, Settings settings, Supplier<String> suffixes, Clock clock) {

    /** The keys of the platform's bucket, for those who work with it. */
    Sealed seal(Site site) {
        var keys = site.bucket().orElseThrow().place().keys();
        return sealer.seal(Sealed.Purpose.S3, site.uid(), FactCodec.write(keys));
    }
}
