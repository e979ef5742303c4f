package io.orrery.sparkdeployer.reconcile;

/** The wish cannot be fulfilled as it stands, and why. The reason goes into a condition. */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;

    private final String type;
    private final String reason;

    /** @param type of the condition that fails */
    UnfitException(String type, String reason, String message, Throwable cause) {
        super(message, cause);
        this.type = type;
        this.reason = reason;
    }

    String type() {
        return type;
    }

    String reason() {
        return reason;
    }
}
