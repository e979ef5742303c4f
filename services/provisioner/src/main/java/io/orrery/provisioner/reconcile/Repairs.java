package io.orrery.provisioner.reconcile;

import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.InfrastructureStatus.Upkeep;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.platform.Policy.Drift;
import io.orrery.provisioner.plan.SlotPlan.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may be put right in this pass. All it goes by is told, so that a new leader goes by the same. */
final class Repairs {

    private static final Duration HOUR = Duration.ofHours(1);

    private final PlatformStatus platform;
    private final Instant now;
    private final long settled;
    private final List<Instant> replacements;

    Repairs(PlatformStatus platform, Optional<InfrastructureStatus> former, Instant now) {
        var upkeep = former.map(InfrastructureStatus::upkeep).orElse(Upkeep.NONE);
        this.platform = platform;
        this.now = now;
        this.settled = upkeep.settled();
        this.replacements = new ArrayList<>(upkeep.replacements());
    }

    /** What was changed since all was as the document says is left alone, where the document or a pause says so. */
    boolean areOn() {
        return !platform.paused()
                && (platform.document().spec().policy().drift() == Drift.REPAIR || settled != platform.generation());
    }

    /** @param missed ids of servers that were asked for once, in vain */
    Allowance allowance(Set<String> missed) {
        var hourly = platform.document().spec().policy().replacementsPerHour();
        return new Allowance(areOn(), Math.max(0, hourly - (int) lately()), platform.writtenOff(), missed);
    }

    private long lately() {
        return replacements.stream().filter(this::isLately).count();
    }

    private boolean isLately(Instant at) {
        return at.plus(HOUR).isAfter(now);
    }

    /** Those of former hours are forgotten with the next one, so that time alone is no news. */
    void made(int machines) {
        if (machines > 0) {
            replacements.removeIf(at -> !isLately(at));
        }
        for (int i = 0; i < machines; i++) {
            replacements.add(now);
        }
    }

    /**
     * @param project where the platform is
     * @param external where floating IPs come from
     */
    Upkeep upkeep(Phase phase, String project, String external) {
        return new Upkeep(
                phase == Phase.READY ? platform.generation() : settled,
                replacements,
                Optional.of(project),
                Optional.of(external));
    }
}
