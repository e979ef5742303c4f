package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the plan that removes what is condemned, in the order in which OpenStack lets go of things. */
public final class Demolition {

    private final Ledger ledger;
    private final Observed observed;
    private final Restraint restraint;
    private final List<Step> steps = new ArrayList<>();

    private Demolition(Ledger ledger, Observed observed, Restraint restraint) {
        this.ledger = ledger;
        this.observed = observed;
        this.restraint = restraint;
    }

    static List<Step> plan(Scene scene) {
        return plan(scene.ledger(), scene.observed(), scene.restraint());
    }

    public static List<Step> plan(Ledger ledger, Observed observed, Restraint restraint) {
        var demolition = new Demolition(ledger, observed, restraint);
        ledger.living()
                .filter(line -> line.state() == State.CONDEMNED && Ledger.kind(line) != Kind.BUCKET)
                .forEach(demolition::consider);
        return demolition.steps;
    }

    private void consider(Resource line) {
        var id = line.id().orElseThrow();
        var seen = observed.find(id);
        if (seen.isEmpty()) {
            if (!restraint.asked().contains(id)) {
                steps.add(new Step.AskFor(line.key(), Ledger.kind(line), id));
            }
        } else if (!restraint.going().contains(id) && !isChanging(seen.get()) && !isHeld(line)) {
            steps.add(removal(line, seen.get()));
        }
    }

    /** Octavia refuses to delete what it is at work on. */
    private static boolean isChanging(Thing seen) {
        return seen instanceof Thing.LoadBalancer balancer
                && balancer.status() == Thing.LoadBalancer.Provisioning.PENDING;
    }

    private static Step removal(Resource line, Thing seen) {
        if (seen instanceof Thing.RouterInterface plug) {
            return new Step.Unplug(
                    line.key(), plug.routerId(), plug.subnets().iterator().next());
        }
        return new Step.Delete(line.key(), seen.kind(), seen.id(), line.name());
    }

    /**
     * Whether something that has to go before still stands. Its absence need not be proven for that: were it there after
     * all, the cloud would refuse, and nothing be lost.
     */
    private boolean isHeld(Resource line) {
        if (Ledger.kind(line) == Kind.SERVER && Balancing.leadsTo(line, ledger, observed)) {
            return true;
        }
        var slot = slotOf(line.key());
        if (slot.isPresent()) {
            return ledger.living(Keys.server(slot.get())).filter(this::stands).isPresent();
        }
        var holders = Ledger.kind(line).heldBy();
        return ledger.living()
                .filter(Planner::isOurs)
                .filter(this::stands)
                .anyMatch(other -> !other.equals(line) && holders.contains(Ledger.kind(other)));
    }

    private boolean stands(Resource line) {
        return line.id().isEmpty() || line.id().flatMap(observed::find).isPresent();
    }

    /** A machine's port waits for its machine only. */
    private static Optional<String> slotOf(String key) {
        if (!key.startsWith("port:")) {
            return Optional.empty();
        }
        return Optional.of(key.substring("port:".length(), key.lastIndexOf(':')));
    }
}
