package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Certificate;
import io.orrery.contracts.Condition;
import io.orrery.contracts.Foundation;
import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.InfrastructureStatus.Upkeep;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformStatus;
import io.orrery.provisioner.model.Ledger;
import java.util.List;
import java.util.Optional;

/** Puts statuses together. */
final class Told {

    private Told() {}

    static InfrastructureStatus status(
            PlatformStatus platform,
            Phase phase,
            List<Condition> conditions,
            Optional<Foundation> foundation,
            State state,
            Upkeep upkeep) {
        return new InfrastructureStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                phase,
                conditions,
                foundation,
                state.slots(),
                state.ledger().lines(),
                Optional.empty(),
                List.of(),
                upkeep);
    }

    static InfrastructureStatus removed(
            PlatformStatus platform, Ledger ledger, Certificate certificate, Condition condition) {
        return new InfrastructureStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                Phase.REMOVED,
                List.of(condition),
                Optional.empty(),
                List.of(),
                ledger.lines(),
                Optional.of(certificate),
                certificate.abandoned());
    }

    static InfrastructureStatus without(
            PlatformStatus platform, Optional<InfrastructureStatus> former, Phase phase, Condition... conditions) {
        return new InfrastructureStatus(
                platform.platform(),
                platform.uid(),
                platform.generation(),
                phase,
                List.of(conditions),
                former.flatMap(InfrastructureStatus::foundation),
                former.map(InfrastructureStatus::slots).orElse(List.of()),
                former.map(InfrastructureStatus::resources).orElse(List.of()),
                Optional.empty(),
                List.of(),
                former.map(InfrastructureStatus::upkeep).orElse(Upkeep.NONE));
    }
}
