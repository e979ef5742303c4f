package io.orrery.provisioner.plan;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that a plan is made from. */
public record Scene(
        Desired desired,
        Ledger ledger,
        List<Slot> slots,
        Observed observed,
        Optional<Bootstrap> bootstrap,
        Restraint restraint) {

    /**
     * What is not to be done now although the lists call for it.
     *
     * @param doubtful keys of which a create was perhaps done, though no answer came: only looked for
     * @param asked ids that were asked for in this pass
     * @param going ids whose deletion the cloud has accepted a short while ago
     */
    public record Restraint(Set<String> doubtful, Set<String> asked, Set<String> going) {

        public static final Restraint NONE = new Restraint(Set.of(), Set.of(), Set.of());

        public Restraint {
            doubtful = Set.copyOf(doubtful);
            asked = Set.copyOf(asked);
            going = Set.copyOf(going);
        }
    }

    public Scene {
        slots = List.copyOf(slots);
    }
}
