package io.orrery.sandbox.backbone;

/** The backbone cannot run; the message says which program, and what a person can do. */
public final class BackboneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackboneException(String message) {
        super(message);
    }

    BackboneException(String message, Throwable cause) {
        super(message, cause);
    }
}
