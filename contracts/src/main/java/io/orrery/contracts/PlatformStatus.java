package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orrery.contracts.platform.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Told by {@code provisioner} on {@link Topics#PLATFORMS}: what people wish, as they last said it. Ends in a tombstone
 * once the teardown certificate is told.
 *
 * @param generation rises with every change of the document's spec, from 1
 * @param paused whether repair is stopped
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PlatformStatus(
        PlatformName platform,
        Uid uid,
        long generation,
        Platform document,
        boolean paused,
        Optional<Removal> removal,
        Instant created)
        implements Fact {

    /**
     * The wish that the platform be gone.
     *
     * @param skip stages that are not waited for, because their service is gone for good
     */
    public record Removal(Instant requested, boolean force, Set<Stage> skip) {
        public Removal {
            var stages = EnumSet.noneOf(Stage.class);
            stages.addAll(Objects.requireNonNullElse(skip, Set.of()));
            skip = Collections.unmodifiableSet(stages);
        }
    }

    public PlatformStatus {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(uid, "uid");
        removal = Objects.requireNonNullElse(removal, Optional.empty());
    }

    public boolean removing() {
        return removal.isPresent();
    }

    @Override
    public String subject() {
        return "platform";
    }

    @Override
    public String happenedSince(Optional<? extends Fact> former) {
        var before = former.map(PlatformStatus.class::cast).filter(status -> status.uid.equals(uid));
        if (before.isEmpty()) {
            return "created";
        }
        if (removing() && !before.get().removing()) {
            return "removal-requested";
        }
        if (paused != before.get().paused) {
            return paused ? "paused" : "resumed";
        }
        return "changed";
    }
}
