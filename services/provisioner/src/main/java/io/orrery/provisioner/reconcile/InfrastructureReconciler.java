package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Activity;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Topics;
import io.orrery.contracts.Uid;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.plan.Obstacle;
import io.orrery.provisioner.plan.Recall;
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
    private final Sites sites;
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
        this.sites = new Sites(clouds, buckets, sealer);
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
        var memory = memory(platform, about);
        try {
            var outcome = built(platform, about, memory);
            memory.answered();
            return outcome;
        } catch (CloudException e) {
            teller.tell(new Setback(platform, told(platform), now()).of(e, memory.silentSince(now())));
            return e.outcome();
        }
    }

    private Outcome built(PlatformStatus platform, PlatformFacts about, Memory memory) {
        var cloud = sites.cloud(platform, about);
        var observed = outlook.ofBuilding(about, cloud, memory, Sites.hasOwnKeys(platform, cloud));
        var site = sites.site(platform, about, cloud, observed);
        return switch (resolve(platform, about, cloud, observed)) {
            case Resolved resolved ->
                new Building(workshop, teller, platform, site, memory, resolved).pass(found(about, observed));
            case Unresolved unresolved -> unresolved(platform, about, unresolved.missing());
        };
    }

    /** What is not in the catalogue may have come since that was fetched. */
    private Result resolve(PlatformStatus platform, PlatformFacts about, Cloud cloud, Observed observed) {
        var settings = workshop.settings();
        var vip =
                about.infrastructure().flatMap(InfrastructureStatus::foundation).map(Foundation::vip);
        var recall = Recall.of(about.infrastructure(), observed);
        Function<Duration, Result> byAge = age -> Resolution.resolve(
                platform.document(), platform.uid(), cloud.catalogue(now().minus(age)), observed, recall, vip);
        var known = byAge.apply(settings.offers());
        return known.missing().isEmpty() ? known : byAge.apply(settings.freshness());
    }

    /** Looked at again with each resync, so that it goes on by itself once the cloud has what is wanted. */
    private Outcome unresolved(PlatformStatus platform, PlatformFacts about, List<Obstacle> missing) {
        teller.tell(new Setback(platform, about.infrastructure(), now()).of(Verdict.preflight(missing, now())));
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
                    told(platform),
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
        var cloud = sites.cloud(platform, about);
        var observed = outlook.ofRemoval(about, cloud, memory);
        return removed(platform, sites.site(platform, about, cloud, observed), memory, observed);
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

    /** With what the pass has told itself, before it came to nothing. */
    private Optional<InfrastructureStatus> told(PlatformStatus platform) {
        return facts.about(platform.platform()).infrastructure();
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

    private Instant now() {
        return workshop.clock().instant();
    }
}
