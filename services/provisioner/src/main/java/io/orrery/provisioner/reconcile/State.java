package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import java.util.List;

/** How things stand in the middle of a pass. */
record State(Ledger ledger, List<Slot> slots, Observed observed) {

    State {
        slots = List.copyOf(slots);
    }

    State with(Ledger changed) {
        return new State(changed, slots, observed);
    }

    State with(Observed changed) {
        return new State(ledger, slots, changed);
    }
}
