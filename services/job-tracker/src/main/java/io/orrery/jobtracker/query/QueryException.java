package io.orrery.jobtracker.query;

/** The query is not one that this registry understands; the message says which part, and goes back to the client. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 300;

    QueryException(String message) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
    }
}
