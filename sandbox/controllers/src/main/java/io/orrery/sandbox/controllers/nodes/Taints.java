package io.orrery.sandbox.controllers.nodes;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;

/** The taints that the cluster itself puts on nodes. */
public final class Taints {

    public static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    public static final String NOT_READY = "node.kubernetes.io/not-ready";

    static final Taint UNSCHEDULABLE = new Taint("NoSchedule", "node.kubernetes.io/unschedulable", null, null);

    private Taints() {}

    static Taint of(String key, String effect, String now) {
        return new TaintBuilder()
                .withKey(key)
                .withEffect(effect)
                .withTimeAdded("NoExecute".equals(effect) ? now : null)
                .build();
    }
}
