package io.orrery.jobtracker.registry;

import java.util.List;

/** A request to the registry cannot be served; status and messages go to the client. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final List<String> INVALID_TOKEN = List.of("Invalid token");

    private final int status;
    private final transient List<String> messages;
    private final boolean validation;

    private RegistryException(int status, List<String> messages, boolean validation) {
        super(String.join("; ", messages));
        this.status = status;
        this.messages = messages;
        this.validation = validation;
    }

    /** What is wrong with the document, all of it. */
    public static RegistryException invalid(List<String> violations) {
        return new RegistryException(400, List.copyOf(violations), true);
    }

    public static RegistryException badRequest(String message) {
        return new RegistryException(400, List.of(message), false);
    }

    /** The request carries no token. */
    public static RegistryException unauthorized() {
        return new RegistryException(401, List.of("Unauthorized"), false);
    }

    /** The request carries a token that is not to be trusted. */
    public static RegistryException invalidToken() {
        return new RegistryException(401, INVALID_TOKEN, false);
    }

    public static RegistryException forbidden(String message) {
        return new RegistryException(403, List.of(message), false);
    }

    public static RegistryException notFound(String jobId) {
        return new RegistryException(404, List.of("Could not find job with " + jobId), false);
    }

    public static RegistryException duplicate(String jobId) {
        return new RegistryException(409, List.of("There is a job with " + jobId + " already"), false);
    }

    public static RegistryException tooLarge(String message) {
        return new RegistryException(413, List.of(message), false);
    }

    /** The request did not arrive in time. */
    public static RegistryException slow(String message) {
        return new RegistryException(408, List.of(message), false);
    }

    /** The store does not answer; nothing was acknowledged, and the client may try again. */
    public static RegistryException unavailable(String message) {
        return new RegistryException(503, List.of(message), false);
    }

    public int status() {
        return status;
    }

    /** Whether there was a token, and it was not to be trusted. */
    public boolean isAboutToken() {
        return messages.equals(INVALID_TOKEN);
    }

    /** One text, or a list of them for a document that is not valid. */
    public Object message() {
        return validation ? messages : messages.getFirst();
    }
}
