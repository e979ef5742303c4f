package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.contracts.Slot;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides which lines of the ledger are to go. */
public final class Condemnation {

    private Condemnation() {}

    /** Machines whose slots are being deleted, and server groups that no slot is in any more. */
    public static Ledger ofMachines(Ledger ledger, List<Slot> slots, Set<String> doubtful) {
        var leaving = slots.stream()
                .filter(slot -> slot.state() == Slot.State.DELETING)
                .map(Slot::name)
                .toList();
        var groups = slots.stream().flatMap(slot -> group(slot).stream()).collect(Collectors.toSet());
        return condemn(
                ledger,
                doubtful,
                line -> leaving.stream().anyMatch(slot -> isOf(line, slot))
                        || (Ledger.kind(line) == Kind.SERVER_GROUP && !groups.contains(line.key())));
    }

    /** The server group that keeps a machine away from others of its pool. */
    private static Optional<String> group(Slot slot) {
        return slot.design().flatMap(Slot.Design::spread).map(policy -> Keys.serverGroup(slot.pool(), policy));
    }

    /** Everything that is ours; a bucket that is to be kept is let go of instead. */
    public static Ledger ofAll(Ledger ledger, boolean keepBucket, Set<String> doubtful) {
        return condemn(
                ledger, doubtful, line -> Planner.isOurs(line) && !(keepBucket && Ledger.kind(line) == Kind.BUCKET));
    }

    public static boolean isOf(Resource line, String slot) {
        return isOf(line.key(), slot);
    }

    public static boolean isOf(String key, String slot) {
        return key.equals("server:" + slot)
                || key.startsWith("server:" + slot + "/")
                || key.startsWith("port:" + slot + ":");
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
