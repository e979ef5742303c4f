package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Labels, taints and zones of a pool's nodes. */
final class NodeRules implements Rules.Rule {

    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    /** A kubelet does not start with labels of Kubernetes' own domains, but for these (its --node-labels). */
    private static final Pattern RESERVED = Pattern.compile("(.*\\.)?(kubernetes|k8s)\\.io/.*");

    private static final Pattern ALLOWED = Pattern.compile(
            "((.*\\.)?(kubelet|node)\\.kubernetes\\.io/.*)|topology\\.kubernetes\\.io/(region|zone)|kubernetes\\.io/(hostname|os|arch)");

    @Override
    public void check(Bound bound, Findings findings) {
        for (var i = 0; i < bound.size(PoolRules.POOLS); i++) {
            var pool = PoolRules.POOLS.to(i);
            labels(bound, pool.to("labels"), findings);
            doubles(bound, pool.to("zones"), findings);
            taints(bound, pool.to("taints"), findings);
        }
    }

    private static void labels(Bound bound, Pointer at, Findings findings) {
        bound.at(at, Map.class).ifPresent(labels -> {
            for (var key : labels.keySet()) {
                var name = (String) key;
                bound.at(at.to(name), String.class)
                        .filter(value -> !VALUE.matcher(value).matches())
                        .ifPresent(value -> findings.add(
                                at.to(name), Code.MALFORMED, Texts.shown(value) + " is not the value of a label"));
                if (RESERVED.matcher(name).matches() && !ALLOWED.matcher(name).matches()) {
                    findings.add(at.to(name), Code.NOT_ALLOWED, "nodes may not give themselves labels of this domain");
                }
            }
        });
    }

    private static void taints(Bound bound, Pointer at, Findings findings) {
        var seen = new HashSet<List<Object>>();
        for (var i = 0; i < bound.size(at); i++) {
            var here = at.to(i);
            bound.at(here, Taint.class)
                    .filter(taint -> !seen.add(List.of(taint.key(), taint.effect())))
                    .ifPresent(taint ->
                            findings.add(here, Code.DUPLICATE, "a taint of this key and effect is there already"));
        }
    }

    private static void doubles(Bound bound, Pointer at, Findings findings) {
        var seen = new HashSet<String>();
        for (var i = 0; i < bound.size(at); i++) {
            var here = at.to(i);
            bound.at(here, String.class)
                    .filter(zone -> !seen.add(zone))
                    .ifPresent(zone -> findings.add(here, Code.DUPLICATE, "the zone is there already"));
        }
    }
}
