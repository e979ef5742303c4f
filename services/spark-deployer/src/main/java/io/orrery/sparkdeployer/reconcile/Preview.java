package io.orrery.sparkdeployer.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.contracts.PlatformName;
import io.orrery.reconciler.facts.Facts;
import io.orrery.sparkdeployer.model.Storage;
import io.orrery.sparkdeployer.plan.Manifests;
import io.orrery.sparkdeployer.plan.Masked;
import io.orrery.sparkdeployer.plan.Prerequisites;
import io.orrery.sparkdeployer.reconcile.CatalogueShelf.Archive;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import java.util.List;

/**
 * Shows what would be applied, without secrets, and without calling the cluster; it is taken for granted that volumes can be
 * claimed there.
 */
public final class Preview {

    /** It cannot be said yet, and why. */
    public static final class UnknownYetException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownYetException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Facts facts;
    private final Wishes wishes;

    public Preview(Facts facts, Outside outside) {
        this.facts = facts;
        this.wishes = outside.wishes();
    }

    /** @throws IllegalArgumentException if there is no such platform */
    public List<GenericKubernetesResource> of(PlatformName name) throws UnknownYetException, InterruptedException {
        var known = facts.about(name);
        var platform = known.platform().orElseThrow(() -> new IllegalArgumentException("no platform " + name));
        var missing = Prerequisites.missing(known, platform, true);
        if (!missing.isEmpty()) {
            throw new UnknownYetException("openEO waits for " + String.join(", ", missing), null);
        }
        try {
            return Manifests.of(wishes.gather(known, platform, Archive.NONE), Storage.CLAIMS).objects().stream()
                    .map(Masked::of)
                    .toList();
        } catch (UnfitException | ClusterException e) {
            throw new UnknownYetException(e.getMessage(), e);
        }
    }
}
