package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Activity;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.S3Keys;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Storage.S3;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.plan.Resolution;
import io.orrery.provisioner.plan.Resolution.Result;
import io.orrery.provisioner.plan.Resolution.Result.Resolved;
import io.orrery.provisioner.plan.Resolution.Result.Unresolved;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.loop.Reconciler;
import io.orrery.reconciler.seal.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps network, machines and bucket of a platform as its document wants them, and takes them away in the end. */
public final class InfrastructureReconciler implements Reconciler {

    private final Facts facts;
    private final Facts.Teller teller;
    private final Clouds clouds;
    private final Buckets buckets;
    private final Archive archive;
    private final Workshop workshop;
    private final Outlook outlook;
    private final Map<Uid, Memory> memories = new ConcurrentHashMap<>();

    /**
     * @param activities is told every step
     * @param suffixes random endings of machines' names: five letters and digits
     */
    public InfrastructureReconciler(
            Facts facts,
            Facts.Teller teller,
            Clouds clouds,
            Buckets buckets,
            Archive archive,
            Sealer sealer,
            Consumer<Activity> activities,
            Supplier<String> suffixes,
            Settings settings,
            Clock clock) {
        this.facts = facts;
        this.teller = teller;
        this.clouds = clouds;
        this.buckets = buckets;
        this.archive = archive;
        this.workshop = new Workshop(new Executor(activities, clock), sealer, settings, suffixes, clock);
        this.outlook = new Outlook(facts, settings, clock);
    }

    @Override
    public Outcome reconcile(PlatformName name) {
        var about = facts.about(name);
        return about.platform()
                .map(platform -> platform.removing() ? remove(platform, about) : build(platform, about))
                .orElseGet(() -> unknown(about));
    }

    private Outcome build(PlatformStatus platform, PlatformFacts about) {
        if (platform.document().spec().cloud().isEmpty()) {
            teller.tell(Told.without(
                    platform,
                    about.infrastructure(),
                    Phase.READY,
                    Condition.holds("FoundationReady", "NotNeeded", "Kubernetes exists already", now())));
            return new Outcome.Converged();
        }
        try {
            return built(platform, about);
        } catch (CloudException e) {
            failed(platform, about, Condition.fails("CloudWorks", e.reason(), e.getMessage(), now()));
            return e.outcome();
        }
    }

    private Outcome built(PlatformStatus platform, PlatformFacts about) {
        var memory = memory(platform, about);
        var cloud = cloud(platform);
        var observed = outlook.ofBuilding(about, cloud, memory, hasOwnKeys(platform, cloud));
        var site = site(platform, about, cloud, observed);
        var vip =
                about.infrastructure().flatMap(InfrastructureStatus::foundation).map(Foundation::vip);
        return switch (resolve(platform, cloud, observed, vip)) {
            case Resolved resolved ->
                new Building(workshop, teller, platform, site, memory, resolved.desired()).pass(found(about, observed));
            case Unresolved unresolved -> unresolved(platform, about, unresolved.missing());
        };
    }

    /** What is not in the catalogue may have come since that was fetched. */
    private Result resolve(PlatformStatus platform, Cloud cloud, Observed observed, Optional<String> vip) {
        var settings = workshop.settings();
        Function<Duration, Result> byAge = age -> Resolution.resolve(
                platform.document(), platform.uid(), cloud.catalogue(now().minus(age)), observed, vip);
        var known = byAge.apply(settings.offers());
        return known instanceof Unresolved ? byAge.apply(settings.freshness()) : known;
    }

    /** Looked at again with each resync, so that it goes on by itself once the cloud has what is wanted. */
    private Outcome unresolved(PlatformStatus platform, PlatformFacts about, List<Obstacle> missing) {
        failed(platform, about, Verdict.preflight(missing, now()));
        return new Outcome.Waiting(Obstacle.words(missing));
    }

    private Outcome remove(PlatformStatus platform, PlatformFacts about) {
        if (about.isIn(Stage.INFRASTRUCTURE, Phase.REMOVED)) {
            teller.forget(Topics.PLATFORMS, platform.platform());
            return new Outcome.Converged();
        }
        var awaited = about.awaitedBefore(Stage.INFRASTRUCTURE);
        if (!awaited.isEmpty()) {
            var message = "waiting until these have removed their part: " + awaited;
            teller.tell(Told.without(
                    platform,
                    about.infrastructure(),
                    Phase.REMOVING,
                    Condition.fails("Removed", "WaitingForOthers", message, now())));
            return new Outcome.Waiting(message);
        }
        try {
            return removed(platform, about);
        } catch (CloudException e) {
            teller.tell(Told.without(
                    platform,
                    about.infrastructure(),
                    Phase.REMOVING,
                    Condition.fails("Removed", e.reason(), e.getMessage(), now())));
            return e.outcome();
        }
    }

    private Outcome removed(PlatformStatus platform, PlatformFacts about) {
        var memory = memory(platform, about);
        var started =
                about.infrastructure().filter(status -> !status.resources().isEmpty());
        if (started.isEmpty()) {
            var nowhere = new Site(about, platform.uid(), null, false, Optional.empty(), none -> new byte[0]);
            return removed(platform, nowhere, memory, Observed.of(now(), List.of()));
        }
        var cloud = cloud(platform);
        var observed = outlook.ofRemoval(about, cloud, memory);
        return removed(platform, site(platform, about, cloud, observed), memory, observed);
    }

    private Outcome removed(PlatformStatus platform, Site site, Memory memory, Observed observed) {
        var certification = new Certification(teller, platform, site, memory, archive, now());
        var outcome = new Removing(workshop, teller, platform, site, memory, certification)
                .pass(found(site.about(), observed));
        if (facts.about(platform.platform()).platform().isEmpty()) {
            memories.remove(platform.uid());
        }
        return outcome;
    }

    /** Without the document nobody knows which cloud to clean. */
    private Outcome unknown(PlatformFacts about) {
        if (about.infrastructure()
                .filter(status -> status.phase() != Phase.REMOVED)
                .isPresent()) {
            return new Outcome.Failed("DocumentGone", "the platform's record is gone, but its infrastructure is not");
        }
        about.infrastructure().filter(this::isOutdated).ifPresent(this::forget);
        return new Outcome.Converged();
    }

    private boolean isOutdated(InfrastructureStatus removed) {
        return removed.certificate()
                .filter(certificate -> certificate.issued().plus(Archive.KEPT).isBefore(now()))
                .isPresent();
    }

    private void forget(InfrastructureStatus removed) {
        archive.remove(Archive.path(removed.platform(), removed.uid()));
        teller.forget(Topics.INFRASTRUCTURE, removed.platform());
    }

    private void failed(PlatformStatus platform, PlatformFacts about, Condition condition) {
        var former = about.infrastructure();
        var stood = former.flatMap(InfrastructureStatus::foundation).isPresent();
        teller.tell(Told.without(platform, former, stood ? Phase.DEGRADED : Phase.FAILED, condition));
    }

    private static boolean hasOwnKeys(PlatformStatus platform, Cloud cloud) {
        var s3 = platform.document().spec().storage().s3();
        return s3.credentials().isEmpty()
                && s3.endpoint().or(cloud::objectStore).isPresent();
    }

    private static State found(PlatformFacts about, Observed observed) {
        var former = about.infrastructure();
        return new State(
                new Ledger(former.map(InfrastructureStatus::resources).orElse(List.of())),
                former.map(InfrastructureStatus::slots).orElse(List.of()),
                observed);
    }

    private Memory memory(PlatformStatus platform, PlatformFacts about) {
        var ledger = new Ledger(
                about.infrastructure().map(InfrastructureStatus::resources).orElse(List.of()));
        return memories.computeIfAbsent(
                platform.uid(), uid -> new Memory(ledger, workshop.settings().lostAnswer(), now()));
    }

    private Cloud cloud(PlatformStatus platform) {
        var wanted = platform.document().spec().cloud().orElseThrow();
        return clouds.named(wanted.name(), wanted.region());
    }

    private Site site(PlatformStatus platform, PlatformFacts about, Cloud cloud, Observed observed) {
        var s3 = platform.document().spec().storage().s3();
        var keys = s3.credentials().map(buckets::keys).or(() -> ownKeys(about, observed));
        return new Site(
                about,
                platform.uid(),
                cloud,
                hasOwnKeys(platform, cloud),
                keys.map(it -> bucket(s3, cloud, it)),
                secret -> workshop.sealer().open(platform.uid(), secret));
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
                        CloudException.Sort.REFUSED, "the catalog has no S3 service: say spec.storage.s3.endpoint"));
        var place = new Buckets.Place(endpoint, s3.region().orElse(cloud.region()), keys);
        return new Site.Bucket(buckets, place, s3.bucket());
    }

    private Instant now() {
        return workshop.clock().instant();
    }
}
