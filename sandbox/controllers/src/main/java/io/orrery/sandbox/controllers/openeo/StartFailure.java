package io.orrery.sandbox.controllers.openeo;

/** Why a program ends before it has begun; the message is what stands in its log. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
