package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.platform.ChangeClass;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays through all that a document leads to, machine by machine, on an imagined cloud and with an imagined cluster that
 * does at once what it is asked to: machines are nodes as soon as they are made, and are released when they are to go.
 */
public final class Rehearsal {

    /** @param changeClass roll: a machine is replaced because its pool wants it otherwise */
    public record Line(Step step, ChangeClass changeClass) {

        /** In words for people: things that are not there yet go by their keys. */
        public String words() {
            return step.words().replace(DryRun.IMAGINED, "");
        }
    }

    /** @param slots all that there were, at the beginning and later */
    public record Play(List<Line> lines, List<Slot> slots) {

        public List<Step> steps() {
            return lines.stream().map(Line::step).toList();
        }
    }

    private static final int MOST = 2000;
    private static final Duration EVER = Duration.ofDays(36_500);

    private final Desired desired;
    private final ClusterView cluster;
    private final DryRun cloud;
    private final Supplier<String> suffixes;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Slot> seen = new LinkedHashMap<>();

    private Rehearsal(
            Desired desired, ClusterView cluster, Ledger ledger, Observed observed, Supplier<String> suffixes) {
        this.desired = desired;
        this.cluster = cluster;
        this.cloud = new DryRun(desired, ledger, observed);
        this.suffixes = suffixes;
    }

    /** @param slots as they are now */
    public static Play play(
            Desired desired,
            ClusterView cluster,
            List<Slot> slots,
            Ledger ledger,
            Observed observed,
            Supplier<String> suffixes) {
        return new Rehearsal(desired, cluster, ledger, observed, suffixes).play(slots);
    }

    private Play play(List<Slot> begin) {
        var slots = begin;
        for (int turn = 0; turn < MOST; turn++) {
            var planned = SlotPlan.plan(desired, obliging(slots), slots, SlotPlan.Allowance.NONE, suffixes)
                    .slots();
            planned.forEach(slot -> seen.putIfAbsent(slot.name(), slot));
            act(planned);
            var left = inspected(planned);
            if (left.equals(slots)) {
                break;
            }
            slots = left;
        }
        return new Play(List.copyOf(lines), List.copyOf(seen.values()));
    }

    /** However long a machine has been building, it is hoped for. */
    private List<Slot> inspected(List<Slot> planned) {
        var inspection = new Inspection(
                cloud.ledger(), cloud.observed(), Map.of(), EVER, server -> Instant.EPOCH, Instant.EPOCH);
        return inspection.inspect(planned);
    }

    private void act(List<Slot> planned) {
        var rolling =
                planned.stream().filter(desired::isOutdated).map(Slot::pool).collect(Collectors.toSet());
        for (var step : cloud.play(planned)) {
            var isRoll = planned.stream()
                    .filter(slot -> rolling.contains(slot.pool()))
                    .anyMatch(slot -> Condemnation.isOf(step.key(), slot.name()));
            lines.add(new Line(step, isRoll ? ChangeClass.ROLL : ChangeClass.LIVE));
        }
    }

    private ClusterView obliging(List<Slot> slots) {
        return new ClusterView(
                cluster.bootstrap(),
                cluster.stood(),
                Stream.concat(cluster.released().stream(), names(slots, Slot.State.RETIRING))
                        .collect(Collectors.toSet()),
                names(slots, Slot.State.ACTIVE).collect(Collectors.toSet()),
                Map.of());
    }

    private static Stream<String> names(List<Slot> slots, Slot.State state) {
        return slots.stream().filter(slot -> slot.state() == state).map(Slot::name);
    }
}
