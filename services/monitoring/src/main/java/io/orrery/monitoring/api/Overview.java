package io.orrery.monitoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.TrackingStatus;
import io.orrery.contracts.Uid;
import io.orrery.contracts.WorkloadStatus;
import io.orrery.reconciler.facts.PlatformFacts;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One platform at a glance, for people; holds nothing that was sealed. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Overview(
        PlatformName platform,
        Optional<Uid> uid,
        Optional<Long> generation,
        boolean paused,
        boolean removing,
        List<StageView> stages,
        List<Machine> machines,
        Map<String, Long> jobs,
        Optional<URI> openeo) {

    record StageView(Stage stage, Phase phase, long observedGeneration, List<Condition> conditions) {}

    /** @param node whether it stands in the cluster as a ready node */
    record Machine(String name, String pool, Slot.Role role, Slot.State state, boolean node, String trouble) {}

    static Overview of(PlatformFacts facts) {
        return new Overview(
                facts.name(),
                facts.uid(),
                facts.platform().map(PlatformStatus::generation),
                facts.platform().map(PlatformStatus::paused).orElse(false),
                facts.platform().map(PlatformStatus::removing).orElse(false),
                Arrays.stream(Stage.values())
                        .flatMap(stage -> facts.of(stage).stream())
                        .map(Overview::view)
                        .toList(),
                machines(facts),
                facts.tracking()
                        .map(TrackingStatus::tracker)
                        .map(TrackingStatus.Tracker::jobs)
                        .orElse(Map.of()),
                facts.workloads().flatMap(WorkloadStatus::openeo));
    }

    private static StageView view(StageStatus status) {
        return new StageView(status.stage(), status.phase(), status.observedGeneration(), status.conditions());
    }

    private static List<Machine> machines(PlatformFacts facts) {
        return facts.infrastructure().stream()
                .flatMap(status -> status.slots().stream())
                .map(slot -> new Machine(
                        slot.name(),
                        slot.pool(),
                        slot.role(),
                        slot.state(),
                        isReadyNode(facts, slot),
                        slot.trouble().orElse("")))
                .toList();
    }

    private static boolean isReadyNode(PlatformFacts facts, Slot slot) {
        return facts.cluster().stream()
                .flatMap(status -> status.nodes().stream())
                .anyMatch(node -> node.name().equals(slot.name()) && node.ready());
    }
}
