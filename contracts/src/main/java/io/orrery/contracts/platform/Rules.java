package io.orrery.contracts.platform;

import java.util.List;

/** What must hold between the parts of a document. Each rule looks only at parts that could be bound. */
final class Rules {

    interface Rule {
        void check(Bound bound, Findings findings);
    }

    private static final List<Rule> ALL = List.of(
            new PoolRules(),
            new NodeRules(),
            new NetworkRules(),
            new KubernetesRules(),
            new StorageRules(),
            new OpenEoRules(),
            new JobRules());

    static void check(Bound bound, Findings findings) {
        ALL.forEach(rule -> rule.check(bound, findings));
    }

    private Rules() {}
}
