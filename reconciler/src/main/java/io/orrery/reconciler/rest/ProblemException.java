package io.orrery.reconciler.rest;

import java.util.Map;

/** Ends a request with a problem document (RFC 9457). */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final transient Map<String, Object> extensions;

    /** @param extensions further members of the problem document, as {@code errors} */
    public ProblemException(int status, String title, String detail, Map<String, Object> extensions) {
        super(detail);
        this.status = status;
        this.title = title;
        this.extensions = Map.copyOf(extensions);
    }

    public ProblemException(int status, String title, String detail) {
        this(status, title, detail, Map.of());
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(404, "Not found", detail);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    Map<String, Object> extensions() {
        return extensions;
    }
}
