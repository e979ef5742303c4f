package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.State;
import io.orrery.provisioner.plan.SlotPlan.Allowance;
import io.orrery.provisioner.plan.SlotPlan.Restraint;
import java.util.Optional;

/** Replaces machines that have failed, as far as that may be done. */
final class Losses {

    private static final int FEWEST_OF_MANY = 2;
    private static final int PERCENT_OF_MANY = 30;

    private final Roster roster;
    private final Allowance allowance;
    private int replaced;
    private Optional<Restraint> restraint = Optional.empty();

    Losses(Roster roster, Allowance allowance) {
        this.roster = roster;
        this.allowance = allowance;
    }

    /** A machine on its way out no longer counts for its pool, which is what makes another one. */
    void replace() {
        var many = isMassChange();
        for (var slot : roster.staying()) {
            if (slot.state() == State.FAILED) {
                if (isWrittenOff(slot)) {
                    roster.letGo(slot);
                } else {
                    replace(slot, many);
                }
            }
        }
    }

    private void replace(Slot slot, boolean many) {
        if (many) {
            restraint = Optional.of(Restraint.MASS_CHANGE);
        } else if (!allowance.repairs()) {
            restraint = Optional.of(Restraint.NOT_REPAIRED);
        } else if (replaced >= allowance.budget()) {
            restraint = Optional.of(Restraint.BUDGET_SPENT);
        } else if (roster.letGo(slot)) {
            replaced++;
        }
    }

    /** A machine that is missed counts before its absence is believed: many that vanish may be believed one by one. */
    private boolean isMassChange() {
        var staying = roster.staying();
        var failing = staying.stream()
                .filter(slot -> slot.state() == State.FAILED || isMissed(slot))
                .filter(slot -> !isWrittenOff(slot))
                .count();
        return failing >= FEWEST_OF_MANY && failing * 100 >= (long) staying.size() * PERCENT_OF_MANY;
    }

    private boolean isMissed(Slot slot) {
        return slot.serverId().filter(allowance.missed()::contains).isPresent();
    }

    private boolean isWrittenOff(Slot slot) {
        return allowance.writtenOff().contains(slot.name());
    }

    int replaced() {
        return replaced;
    }

    Optional<Restraint> restraint() {
        return restraint;
    }
}
