package io.orrery.sparkdeployer.reconcile;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.platform.LayerCatalogue;
import io.orrery.sparkdeployer.model.Catalogue;
import io.orrery.sparkdeployer.plan.Catalogues;
import io.orrery.sparkdeployer.plan.Catalogues.InvalidException;
import io.orrery.sparkdeployer.plan.KeptCatalogue;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogues of all platforms. One that is named by URL is fetched once and kept, here and in the cluster, until the
 * document names another URL or digest: what openEO offers changes when its document does, and not because a file elsewhere
 * did.
 */
final class CatalogueShelf {

    /** Catalogues that were fetched once already. */
    @FunctionalInterface
    interface Archive {

        Archive NONE = source -> Optional.empty();

        Optional<String> text(String source) throws ClusterException;
    }

    static final String CONDITION = "CatalogueValid";

    private record Kept(LayerCatalogue from, Catalogue catalogue) {}

    private final CatalogueFiles files;
    private final Map<PlatformName, Kept> shelf = new ConcurrentHashMap<>();

    CatalogueShelf(CatalogueFiles files) {
        this.files = files;
    }

    Catalogue catalogue(PlatformName platform, LayerCatalogue wanted, Archive archive)
            throws UnfitException, ClusterException, InterruptedException {
        var kept = shelf.get(platform);
        if (kept != null && kept.from().equals(wanted)) {
            return kept.catalogue();
        }
        var catalogue = read(wanted, archive);
        shelf.put(platform, new Kept(wanted, catalogue));
        return catalogue;
    }

    void forget(PlatformName platform) {
        shelf.remove(platform);
    }

    private Catalogue read(LayerCatalogue wanted, Archive archive)
            throws UnfitException, ClusterException, InterruptedException {
        try {
            return switch (wanted) {
                case LayerCatalogue.Inline inline -> Catalogues.of(inline.inline());
                case LayerCatalogue.FromUrl from -> fetched(from, archive);
                case LayerCatalogue.FromFile file ->
                    throw new UnfitException(
                            CONDITION,
                            "CatalogueNotSent",
                            "the catalogue " + file.file() + " was not sent along with the document",
                            null);
            };
        } catch (InvalidException e) {
            throw new UnfitException(CONDITION, "CatalogueInvalid", e.getMessage(), e);
        } catch (IOException e) {
            throw new UnfitException(
                    CONDITION, "CatalogueNotFetched", "the catalogue could not be fetched: " + e.getMessage(), e);
        }
    }

    private Catalogue fetched(LayerCatalogue.FromUrl from, Archive archive)
            throws InvalidException, IOException, ClusterException, InterruptedException {
        var source = KeptCatalogue.source(from);
        var kept = archive.text(source);
        return Catalogues.of(source, kept.isPresent() ? kept.get() : files.fetch(from.url(), from.sha256()));
    }
}
