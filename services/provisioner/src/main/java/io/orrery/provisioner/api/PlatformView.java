package io.orrery.provisioner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.PlatformStatus.Removal;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Platform;
import io.orrery.reconciler.facts.PlatformFacts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A platform as people see it: what is wanted, and how far each stage is. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PlatformView(
        PlatformName platform,
        Uid uid,
        long generation,
        boolean paused,
        Optional<Removal> removal,
        Instant created,
        Map<Stage, StageView> stages,
        Optional<Platform> document) {

    /** What a stage last told. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StageView(Phase phase, long observedGeneration, List<Condition> conditions, List<String> abandoned) {

        static StageView of(StageStatus status) {
            return new StageView(status.phase(), status.observedGeneration(), status.conditions(), status.abandoned());
        }
    }

    static PlatformView whole(PlatformStatus platform, PlatformFacts facts) {
        return of(platform, facts, Optional.of(platform.document()));
    }

    static PlatformView line(PlatformStatus platform, PlatformFacts facts) {
        return of(platform, facts, Optional.empty());
    }

    private static PlatformView of(PlatformStatus platform, PlatformFacts facts, Optional<Platform> document) {
        var stages = new EnumMap<Stage, StageView>(Stage.class);
        for (var stage : Stage.values()) {
            facts.of(stage).ifPresent(status -> stages.put(stage, StageView.of(status)));
        }
        return new PlatformView(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                platform.paused(),
                platform.removal(),
                platform.created(),
                stages,
                document);
    }
}
