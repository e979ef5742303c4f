package io.orrery.jobtracker.reconcile;

import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.TrackingStatus.Tracker;
import io.orrery.contracts.platform.Jobs;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import io.orrery.reconciler.loop.Outcome;
import io.orrery.reconciler.loop.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stage of tracking: a registry for the platform from the beginning, and a follower of its jobs once there is a
 * cluster. Pausing a platform changes nothing here: this stage observes.
 */
public final class TrackingReconciler implements Reconciler {

    private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(5);

    private final Facts facts;
    private final Facts.Teller teller;
    private final Registry registry;
    private final Credentials credentials;
    private final Followers followers;
    private final TrackerSettings settings;
    private final Clock clock;

    public TrackingReconciler(
            Facts facts,
            Facts.Teller teller,
            Registry registry,
            Credentials credentials,
            Followers followers,
            TrackerSettings settings,
            Clock clock) {
        this.facts = facts;
        this.teller = teller;
        this.registry = registry;
        this.credentials = credentials;
        this.followers = followers;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(PlatformName name) {
        var known = facts.about(name);
        if (known.isIn(Stage.TRACKING, Phase.REMOVED)) {
            return new Outcome.Converged();
        }
        if (!registry.isLoaded()) {
            return new Outcome.Progressing(Duration.ofSeconds(1));
        }
        if (known.platform().filter(it -> !it.removing()).isPresent()) {
            return keep(known, known.platform().get());
        }
        return remove(known);
    }

    private Outcome keep(PlatformFacts known, PlatformStatus platform) {
        var told = new Telling(platform, clock.instant());
        if (known.tracking().isEmpty()) {
            teller.tell(told.status(Phase.PROGRESSING, Optional.empty(), unconnected(), told.registryPending()));
        }
        if (platform.document().spec().jobs().registry().isPresent()) {
            teller.tell(told.status(Phase.FAILED, Optional.empty(), unconnected(), told.foreignRegistry()));
            return new Outcome.Failed("ForeignRegistry", "the document names a registry that others run");
        }
        try {
            var sealed = credentials.make(platform.platform(), platform.uid(), known.tracking());
            var served = new TrackingStatus.Registry(
                    settings.api(), settings.issuer(), platform.platform().value(), sealed);
            return follow(known, platform, told, Optional.of(served));
        } catch (Credentials.MissingException e) {
            teller.tell(told.status(Phase.FAILED, Optional.empty(), unconnected(), told.noCredentials(e.getMessage())));
            return new Outcome.Failed("NoCredentials", e.getMessage());
        }
    }

    private Outcome follow(
            PlatformFacts known, PlatformStatus platform, Telling told, Optional<TrackingStatus.Registry> served) {
        if (platform.document().spec().jobs().tracker() == Jobs.Tracker.UPSTREAM) {
            followers.stop(platform.platform());
            teller.tell(told.status(
                    Phase.READY, served, tracker(platform.platform(), false), told.served(), told.followedByOthers()));
            return new Outcome.Converged();
        }
        var access = known.cluster().flatMap(ClusterStatus::access);
        if (access.isEmpty()) {
            followers.stop(platform.platform());
            teller.tell(told.status(
                    Phase.PROGRESSING, served, tracker(platform.platform(), false), told.served(), told.noCluster()));
            return new Outcome.Waiting("the cluster");
        }
        var follower = followers.follow(platform, access.get());
        follower.sweep();
        var connected = follower.isConnected();
        teller.tell(told.status(
                connected ? Phase.READY : Phase.PROGRESSING,
                served,
                tracker(platform.platform(), connected),
                told.served(),
                connected ? told.connected() : told.unconnected(follower.trouble())));
        return connected ? new Outcome.Converged() : new Outcome.Progressing(UNTIL_NEXT_LOOK);
    }

    /** Jobs are followed, and the registry serves, until openEO and everything that looks at it are gone. */
    private Outcome remove(PlatformFacts known) {
        var uid = known.uid().or(() -> known.tracking().map(TrackingStatus::uid));
        if (uid.isEmpty()) {
            return new Outcome.Converged();
        }
        var generation = known.platform()
                .map(PlatformStatus::generation)
                .or(() -> known.tracking().map(TrackingStatus::observedGeneration))
                .orElse(0L);
        var told = new Telling(known.name(), uid.get(), generation, clock.instant());
        var served = known.tracking().flatMap(TrackingStatus::registry);
        var awaited = known.platform().isPresent() ? known.awaitedBefore(Stage.TRACKING) : Set.<Stage>of();
        var tracker = tracker(known.name(), false);
        teller.tell(told.status(Phase.REMOVING, served, tracker, told.removing(awaited)));
        if (!awaited.isEmpty()) {
            return new Outcome.Waiting("the removal of " + awaited);
        }
        followers.stop(known.name());
        credentials.remove(known.name(), uid.get(), known.tracking());
        registry.removeBackend(known.name().value());
        teller.tell(told.status(Phase.REMOVED, Optional.empty(), unconnected(), told.removed()));
        return new Outcome.Converged();
    }

    private Tracker tracker(PlatformName platform, boolean connected) {
        var counts = registry.counts(platform.value()).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().word(), Map.Entry::getValue));
        return new Tracker(connected, counts);
    }

    private static Tracker unconnected() {
        return new Tracker(false, Map.of());
    }
}
