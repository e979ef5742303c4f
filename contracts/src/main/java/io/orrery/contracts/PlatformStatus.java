package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orrery.contracts.platform.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Told by {@code provisioner} on {@link Topics#PLATFORMS}: what people wish, as they last said it. Ends in a tombstone
 * once the teardown certificate is told.
 *
 * @param generation rises with every change of the document's spec, from 1
 * @param paused whether repair is stopped
 * @param writtenOff machines that failed many at once, and that a person has given up: they may be replaced
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PlatformStatus(
        PlatformName platform,
        Uid uid,
        long generation,
        Platform document,
        boolean paused,
        Optional<Removal> removal,
        Instant created,
        Set<String> writtenOff)
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
        writtenOff = Collections.unmodifiableSortedSet(new TreeSet<>(Objects.requireNonNullElse(writtenOff, Set.of())));
    }

    /** One of which no machine was written off. */
    public PlatformStatus(
            PlatformName platform,
            Uid uid,
            long generation,
            Platform document,
            boolean paused,
            Optional<Removal> removal,
            Instant created) {
        this(platform, uid, generation, document, paused, removal, created, Set.of());
    }

    public PlatformStatus of(long newGeneration, Platform newDocument) {
        return new PlatformStatus(platform, uid, newGeneration, newDocument, paused, removal, created, writtenOff);
    }

    public PlatformStatus paused(boolean newPaused) {
        return new PlatformStatus(platform, uid, generation, document, newPaused, removal, created, writtenOff);
    }

    public PlatformStatus removing(Removal newRemoval) {
        return new PlatformStatus(
                platform, uid, generation, document, paused, Optional.of(newRemoval), created, writtenOff);
    }

    public PlatformStatus writingOff(Set<String> machines) {
        return new PlatformStatus(platform, uid, generation, document, paused, removal, created, machines);
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
        return before.get().writtenOff.containsAll(writtenOff) ? "changed" : "machines-written-off";
    }
}
