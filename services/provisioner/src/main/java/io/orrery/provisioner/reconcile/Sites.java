package io.orrery.provisioner.reconcile;

import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.platform.Storage.S3;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.seal.Sealer;
import java.util.List;
import java.util.Optional;

/** Finds cloud and bucket of a platform. */
final class Sites {

    private final Clouds clouds;
    private final Buckets buckets;
    private final Sealer sealer;

    Sites(Clouds clouds, Buckets buckets, Sealer sealer) {
        this.clouds = clouds;
        this.buckets = buckets;
        this.sealer = sealer;
    }

    /** Only the project that the platform began in: in another one, all of it would seem to be gone. */
    Cloud cloud(PlatformStatus platform, PlatformFacts about) {
        var wanted = platform.document().spec().cloud().orElseThrow();
        var cloud = clouds.named(wanted.name(), wanted.region());
        about.infrastructure()
                .flatMap(status -> status.upkeep().project())
                .filter(home -> !home.equals(cloud.project()))
                .ifPresent(home -> {
                    throw new CloudException(
                            Sort.REFUSED,
                            "ProjectDiffers",
                            "the credential is for project %s of cloud %s, and the platform is in project %s"
                                    .formatted(cloud.project(), wanted.name(), home));
                });
        return cloud;
    }

    Site site(PlatformStatus platform, PlatformFacts about, Cloud cloud, Observed observed) {
        var s3 = platform.document().spec().storage().s3();
        var keys = s3.credentials().map(buckets::keys).or(() -> ownKeys(about, observed));
        return new Site(
                about,
                platform.uid(),
                cloud,
                hasOwnKeys(platform, cloud),
                keys.map(it -> bucket(s3, cloud, it)),
                secret -> sealer.open(platform.uid(), secret));
    }

    /** Whether the platform's bucket is opened with keys of our making. */
    static boolean hasOwnKeys(PlatformStatus platform, Cloud cloud) {
        var s3 = platform.document().spec().storage().s3();
        return s3.credentials().isEmpty()
                && s3.endpoint().or(cloud::objectStore).isPresent();
    }

    private static Optional<S3Keys> ownKeys(PlatformFacts about, Observed observed) {
        var ledger = new Ledger(
                about.infrastructure().map(InfrastructureStatus::resources).orElse(List.of()));
        return ledger.id(Keys.EC2_CREDENTIAL)
                .flatMap(id -> observed.find(Thing.Ec2Credential.class, id))
                .map(credential -> new S3Keys(credential.id(), credential.secret()));
    }

    private Site.Bucket bucket(S3 s3, Cloud cloud, S3Keys keys) {
        var endpoint = s3.endpoint()
                .or(cloud::objectStore)
                .orElseThrow(() -> new CloudException(
                        Sort.REFUSED, "the catalog has no S3 service: say spec.storage.s3.endpoint"));
        var place = new Buckets.Place(endpoint, s3.region().orElse(cloud.region()), keys);
        return new Site.Bucket(buckets, place, s3.bucket());
    }
}
