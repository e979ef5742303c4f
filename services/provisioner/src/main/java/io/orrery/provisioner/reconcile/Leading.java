package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Condition;
import io.orrery.provisioner.plan.Balancing;
import java.time.Instant;

/**
 * Whether the load balancer leads to the API server, and why not.
 *
 * @param lost whether nothing will be done about it
 * @param reason a stable word for machines
 * @param message for people
 */
record Leading(boolean leads, boolean lost, String reason, String message) {

    /** @param state after a pass: what was to be changed is being changed, and what is to be replaced is condemned */
    static Leading of(State state) {
        return Balancing.loss(state.ledger(), state.observed())
                .map(loss ->
                        new Leading(false, true, "Lost", loss + "; spec.policy lets none be made in its place now"))
                .orElseGet(() -> Balancing.standing(state.ledger(), state.observed())
                        .map(balancer -> switch (balancer.status()) {
                            case ACTIVE -> new Leading(true, false, "Active", "the load balancer leads to the servers");
                            case PENDING ->
                                new Leading(
                                        false,
                                        false,
                                        "Changing",
                                        "load balancer " + balancer.id() + " is being changed");
                            case ERROR -> throw new IllegalStateException("a lost balancer");
                        })
                        .orElseGet(() -> new Leading(false, false, "Making", "the load balancer is being made")));
    }

    Condition condition(Instant now) {
        var type = "LoadBalancerReady";
        return leads ? Condition.holds(type, reason, message, now) : Condition.fails(type, reason, message, now);
    }
}
