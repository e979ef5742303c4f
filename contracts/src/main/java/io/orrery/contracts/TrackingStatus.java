package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Told by {@code job-tracker} on {@link Topics#TRACKING}: the job registry for openEO, and how the tracking goes. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TrackingStatus(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        Optional<Registry> registry,
        Tracker tracker,
        List<String> abandoned)
        implements StageStatus {

    /**
     * Where openEO's driver finds its job registry.
     *
     * @param api base URL, as pods reach it
     * @param issuer OIDC issuer for the client-credentials grant, as pods reach it
     * @param backendId the platform's id in the registry
     * @param clientCredentials sealed {@code id:secret}
     */
    public record Registry(URI api, URI issuer, String backendId, Sealed clientCredentials) {}

    /**
     * The tracker that follows the platform's Spark applications.
     *
     * @param connected whether its watch stands
     * @param jobs how many jobs the registry holds, by openEO status
     */
    public record Tracker(boolean connected, Map<String, Long> jobs) {
        public Tracker {
            jobs = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(jobs, Map.of())));
        }
    }

    public TrackingStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        registry = Objects.requireNonNullElse(registry, Optional.empty());
        tracker = Objects.requireNonNullElse(tracker, new Tracker(false, Map.of()));
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
    }

    @Override
    public Stage stage() {
        return Stage.TRACKING;
    }

    @Override
    public String happenedSince(Optional<? extends Fact> former) {
        var before = former.map(TrackingStatus.class::cast).filter(status -> status.uid.equals(uid));
        if (registry.isPresent() && before.flatMap(TrackingStatus::registry).isEmpty()) {
            return "registry-ready";
        }
        return StageStatus.super.happenedSince(former);
    }
}
