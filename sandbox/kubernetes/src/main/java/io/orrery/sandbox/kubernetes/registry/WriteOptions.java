package io.orrery.sandbox.kubernetes.registry;

/**
 * How a write is meant.
 *
 * @param manager the field manager that is noted as the writer
 * @param dryRun everything happens but the storing
 */
public record WriteOptions(String manager, boolean dryRun, FieldValidation validation) {
    /** What happens to fields that a custom resource's schema doesn't know. */
    public enum FieldValidation {
        IGNORE,
        WARN,
        STRICT
    }

    /** For writes of the server itself. */
    public static final WriteOptions OWN = new WriteOptions("kube-controller-manager", false, FieldValidation.IGNORE);
}
