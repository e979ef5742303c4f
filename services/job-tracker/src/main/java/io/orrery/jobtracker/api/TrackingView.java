package io.orrery.jobtracker.api;

import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.TrackingStatus.Tracker;
import io.orrery.contracts.Uid;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The stage's status without what is sealed. */
record TrackingView(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        Optional<RegistryView> registry,
        Tracker tracker) {

    /** Where the registry is. */
    record RegistryView(URI api, URI issuer, String backendId) {}

    static TrackingView of(TrackingStatus status) {
        return new TrackingView(
                status.platform(),
                status.uid(),
                status.observedGeneration(),
                status.phase(),
                status.conditions(),
                status.registry().map(it -> new RegistryView(it.api(), it.issuer(), it.backendId())),
                status.tracker());
    }
}
