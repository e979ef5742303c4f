package io.orrery.sandbox.kubernetes.registry;

/** Which part of an object a write may change; the rest stays as it was. */
public enum Part {
    MAIN(""),
    STATUS("status"),
    SCALE("scale"),
    /** {@code spec.nodeName} of a pod. */
    BINDING(""),
    /** {@code spec.finalizers} of a namespace. */
    FINALIZE("finalize");

    private final String subresource;

    Part(String subresource) {
        this.subresource = subresource;
    }

    /** As managedFields name it; empty for the main resource. */
    String subresource() {
        return subresource;
    }
}
