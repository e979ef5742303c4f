package io.orrery.sandbox.boot;

/** User-data that cloud-init cannot use; the message is what it says about that. */
final class UserDataException extends Exception {
    private static final long serialVersionUID = 1L;

    UserDataException(String message) {
        super(message);
    }
}
