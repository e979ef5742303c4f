package io.orrery.cluster.plan;

import io.orrery.cluster.model.Dressing;

/** One change of one node. Each may be done twice. */
public sealed interface Step {

    String node();

    /** Gives the node its pool's labels and taints, and takes away those that it has from us no longer. */
    record Dress(String node, Dressing dressing) implements Step {}

    /** No new pods; marks since when. */
    record Cordon(String node) implements Step {}

    /** Asks every pod that is to leave to do so, as far as disruption budgets allow at the moment. */
    record Evict(String node) implements Step {}

    /** Asks RKE2 to take the node's machine out of etcd. */
    record LeaveEtcd(String node) implements Step {}

    /** Forgets the node, and with it the password that keeps its name for its machine. */
    record Delete(String node) implements Step {}
}
