package io.orrery.sandbox.cloud;

/** The genuine cloud does not answer, or refuses. */
public final class CloudException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CloudException(String message) {
        super(message);
    }

    CloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
