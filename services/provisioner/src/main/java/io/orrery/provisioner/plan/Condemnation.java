package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Decides which lines of the ledger are to go. */
public final class Condemnation {

    private Condemnation() {}

    /** Machines whose slots are being deleted. */
    public static Ledger ofMachines(Ledger ledger, List<Slot> slots, Set<String> doubtful) {
        var leaving = slots.stream()
                .filter(slot -> slot.state() == Slot.State.DELETING)
                .map(Slot::name)
                .toList();
        return condemn(ledger, doubtful, line -> leaving.stream().anyMatch(slot -> isOf(line, slot)));
    }

    /** Everything that is ours; a bucket that is to be kept is let go of instead. */
    public static Ledger ofAll(Ledger ledger, boolean keepBucket, Set<String> doubtful) {
        return condemn(
                ledger, doubtful, line -> Planner.isOurs(line) && !(keepBucket && Ledger.kind(line) == Kind.BUCKET));
    }

    public static boolean isOf(Resource line, String slot) {
        return line.key().equals("server:" + slot)
                || line.key().startsWith("server:" + slot + "/")
                || line.key().startsWith("port:" + slot + ":");
    }

    /** Lines whose create was never done are struck; those in doubt are looked for first. */
    private static Ledger condemn(Ledger ledger, Set<String> doubtful, Predicate<Resource> which) {
        var condemned =
                ledger.map(line -> line.state() == State.PRESENT && which.test(line), line -> line.in(State.CONDEMNED));
        for (var line : condemned.living().toList()) {
            if (line.state() == State.INTENDED && which.test(line) && !doubtful.contains(line.key())) {
                condemned = condemned.strike(line.key());
            }
        }
        return condemned;
    }
}
