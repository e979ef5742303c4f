package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Condition;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is told of a pass that did not come to its end.
 *
 * @param former what was told last
 */
record Setback(PlatformStatus platform, Optional<InfrastructureStatus> former, Instant now) {

    private static final String CLOUD_WORKS = "CloudWorks";

    /** Clouds fail for a moment now and then: so long a platform that stands is taken to be as it was last seen. */
    private static final Duration A_MOMENT = Duration.ofMinutes(1);

    private static final Set<Sort> MOMENTARY = EnumSet.of(Sort.BUSY, Sort.UNSURE, Sort.UNREACHABLE);

    /** @param since when the first of the passes failed that have come to nothing without a break */
    InfrastructureStatus of(CloudException why, Instant since) {
        var condition = Condition.fails(CLOUD_WORKS, why.reason(), why.getMessage(), now);
        return former.filter(last -> MOMENTARY.contains(why.sort()) && now.isBefore(since.plus(A_MOMENT)))
                .filter(last -> last.foundation().isPresent() && last.observedGeneration() == platform.generation())
                .map(last -> asBefore(last, condition))
                .orElseGet(() -> of(condition));
    }

    InfrastructureStatus of(Condition condition) {
        var stood = former.flatMap(InfrastructureStatus::foundation).isPresent();
        return Told.without(platform, former, stood ? Phase.DEGRADED : Phase.FAILED, condition);
    }

    private InfrastructureStatus asBefore(InfrastructureStatus last, Condition condition) {
        var others = last.conditions().stream().filter(other -> !other.type().equals(CLOUD_WORKS));
        var all = Stream.concat(Stream.of(condition.after(last.conditions())), others);
        return Told.without(platform, former, last.phase(), all.toArray(Condition[]::new));
    }
}
