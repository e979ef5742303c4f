package io.orrery.sparkdeployer.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.sparkdeployer.model.Catalogue;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.JobRegistry;
import io.orrery.sparkdeployer.model.ResultStore;
import io.orrery.sparkdeployer.plan.Prerequisites;
import io.orrery.sparkdeployer.reconcile.CatalogueShelf.Archive;
import io.orrery.sparkdeployer.reconcile.Cluster.ClusterException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what is desired of one platform, from its document, the facts of other stages, and what is mounted here. */
final class Wishes {

    static final String CREDENTIALS = "CredentialsMounted";

    private final Secrets secrets;
    private final Credentials credentials;
    private final CatalogueShelf catalogues;

    Wishes(Secrets secrets, Credentials credentials, CatalogueShelf catalogues) {
        this.secrets = secrets;
        this.credentials = credentials;
        this.catalogues = catalogues;
    }

    /** Call only when nothing is {@link Prerequisites#missing}. */
    Desired gather(PlatformFacts facts, PlatformStatus platform, Archive archive)
            throws UnfitException, ClusterException, InterruptedException {
        var spec = platform.document().spec();
        var openeo = spec.openeo();
        var mounted = new TreeMap<String, Map<String, String>>();
        for (var name : openeo.secrets()) {
            mounted.put(name, credential(name));
        }
        var tls = openeo.ingress().tls();
        return new Desired(
                facts.name(),
                platform.uid(),
                spec.spark().jobs().namespace(),
                spec.spark().operator().namespace(),
                openeo,
                catalogue(facts, platform, archive),
                registry(
                        platform.uid(),
                        facts.tracking().flatMap(TrackingStatus::registry).orElseThrow()),
                store(platform.uid(), Prerequisites.bucket(facts)),
                mounted,
                tls.isEmpty() ? Optional.empty() : Optional.of(credential(tls.get())));
    }

    void forget(PlatformFacts facts) {
        catalogues.forget(facts.name());
    }

    private Catalogue catalogue(PlatformFacts facts, PlatformStatus platform, Archive archive)
            throws UnfitException, ClusterException, InterruptedException {
        return catalogues.catalogue(
                facts.name(), platform.document().spec().openeo().collections(), archive);
    }

    private JobRegistry registry(Uid uid, TrackingStatus.Registry registry) {
        return new JobRegistry(
                registry.api(),
                registry.issuer(),
                registry.backendId(),
                new String(secrets.open(uid, registry.clientCredentials()), UTF_8));
    }

    private Optional<ResultStore> store(Uid uid, Optional<Foundation.Bucket> bucket) throws UnfitException {
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        try {
            var keys = FactCodec.read(secrets.open(uid, bucket.get().credentials()), S3Keys.class);
            return Optional.of(new ResultStore(
                    bucket.get().endpoint(), bucket.get().region(), bucket.get().name(), keys));
        } catch (IOException e) {
            throw new UnfitException(CREDENTIALS, "KeysUnreadable", "the bucket's keys cannot be read", null);
        }
    }

    private Map<String, String> credential(String name) throws UnfitException {
        return credentials
                .find(name)
                .orElseThrow(() -> new UnfitException(
                        CREDENTIALS,
                        "CredentialsMissing",
                        "the document names the credentials " + name + ", and nothing of that name is mounted for"
                                + " spark-deployer",
                        null));
    }
}
