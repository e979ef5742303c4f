package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Told by {@code provisioner} on {@link Topics#INFRASTRUCTURE}: foundation, machines, and the certificate at the end.
 *
 * @param upkeep what the next leader has to know of the repairs of this one
 */
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
        List<String> abandoned,
        Upkeep upkeep)
        implements StageStatus {

    /**
     * What must not be forgotten between two passes.
     *
     * @param settled the newest generation of which once all was as the document says: what differs after that is drift;
     *     0 if there was none
     * @param replacements when failed machines were replaced; those within the last hour count against the budget
     * @param project the cloud's id of the project that the platform is in; empty where it was not told yet
     * @param external the id of the external network that the document's name led to; likewise
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Upkeep(
            long settled, List<Instant> replacements, Optional<String> project, Optional<String> external) {

        public static final Upkeep NONE = new Upkeep(0, List.of(), Optional.empty(), Optional.empty());

        public Upkeep {
            replacements = List.copyOf(Objects.requireNonNullElse(replacements, List.of()));
            project = Objects.requireNonNullElse(project, Optional.empty());
            external = Objects.requireNonNullElse(external, Optional.empty());
        }
    }

    public InfrastructureStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        foundation = Objects.requireNonNullElse(foundation, Optional.empty());
        slots = List.copyOf(Objects.requireNonNullElse(slots, List.of()));
        resources = List.copyOf(Objects.requireNonNullElse(resources, List.of()));
        certificate = Objects.requireNonNullElse(certificate, Optional.empty());
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
        upkeep = Objects.requireNonNullElse(upkeep, Upkeep.NONE);
    }

    /** Without anything to remember. */
    public InfrastructureStatus(
            PlatformName platform,
            Uid uid,
            long observedGeneration,
            Phase phase,
            List<Condition> conditions,
            Optional<Foundation> foundation,
            List<Slot> slots,
            List<Resource> resources,
            Optional<Certificate> certificate,
            List<String> abandoned) {
        this(
                platform,
                uid,
                observedGeneration,
                phase,
                conditions,
                foundation,
                slots,
                resources,
                certificate,
                abandoned,
                Upkeep.NONE);
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
