package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Told by {@code provisioner} on {@link Topics#INFRASTRUCTURE}: foundation, machines, and the certificate at the end. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record InfrastructureStatus(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        Optional<Foundation> foundation,
        List<Slot> slots,
        List<Resource> resources,
        Optional<Certificate> certificate,
        List<String> abandoned)
        implements StageStatus {

    public InfrastructureStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        foundation = Objects.requireNonNullElse(foundation, Optional.empty());
        slots = List.copyOf(Objects.requireNonNullElse(slots, List.of()));
        resources = List.copyOf(Objects.requireNonNullElse(resources, List.of()));
        certificate = Objects.requireNonNullElse(certificate, Optional.empty());
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
    }

    @Override
    public Stage stage() {
        return Stage.INFRASTRUCTURE;
    }

    @Override
    public String happenedSince(Optional<? extends Fact> former) {
        var before = former.map(InfrastructureStatus.class::cast).filter(status -> status.uid.equals(uid));
        if (foundation.isPresent()
                && before.flatMap(InfrastructureStatus::foundation).isEmpty()) {
            return "foundation-ready";
        }
        if (retiring() > before.map(InfrastructureStatus::retiring).orElse(0L)) {
            return "machines-retiring";
        }
        return StageStatus.super.happenedSince(former);
    }

    private long retiring() {
        return slots.stream()
                .filter(slot -> slot.state() == Slot.State.RETIRING)
                .count();
    }
}
