package io.orrery.provisioner.reconcile;

import io.orrery.reconciler.loop.Outcome;
import java.time.Duration;
import java.util.Optional;

/** A call to the cloud went wrong, sorted by what can be done about it. */
public final class CloudException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What to make of it. */
    public enum Sort {
        /** There is no such thing. */
        NOT_FOUND(false),
        /** It exists already, or something still hangs on it. */
        CONFLICT(false),
        /** The project may not have more of it: a person has to see to that. */
        QUOTA(false),
        /** The request is wrong or forbidden: a person has to see to that. */
        REFUSED(false),
        /** The credential is not accepted. */
        UNAUTHORIZED(false),
        /** Too many requests: later. */
        BUSY(false),
        /** The cloud cannot be reached: the request was not sent. */
        UNREACHABLE(false),
        /** No answer, or one that says nothing: what was asked for may have been done. */
        UNSURE(true);

        private final boolean perhapsDone;

        Sort(boolean perhapsDone) {
            this.perhapsDone = perhapsDone;
        }
    }

    private final Sort sort;
    private final String reason;
    private final String requestId;
    private final Duration retryAfter;

    /**
     * @param reason a stable word for machines, where there is a better one than the sort's own
     * @param requestId by which the call is found in the cloud's logs; null if there was none
     * @param retryAfter null if any time is as good
     */
    public CloudException(
            Sort sort, String reason, String message, String requestId, Duration retryAfter, Throwable cause) {
        super(requestId == null ? message : message + " (" + requestId + ")", cause);
        this.sort = sort;
        this.reason = reason;
        this.requestId = requestId;
        this.retryAfter = retryAfter;
    }

    public CloudException(Sort sort, String message, String requestId, Duration retryAfter, Throwable cause) {
        this(sort, usual(sort), message, requestId, retryAfter, cause);
    }

    public CloudException(Sort sort, String reason, String message) {
        this(sort, reason, message, null, null, null);
    }

    public CloudException(Sort sort, String message) {
        this(sort, message, null, null, null);
    }

    private CloudException(String reason, String message, CloudException why) {
        super(message, why);
        this.sort = why.sort;
        this.reason = reason;
        this.requestId = why.requestId;
        this.retryAfter = why.retryAfter;
    }

    /** The same, with a reason that says more than its sort does. */
    public CloudException because(String reason, String what) {
        return new CloudException(reason, what + ": " + getMessage(), this);
    }

    public Sort sort() {
        return sort;
    }

    /** Whether it may have been done all the same. */
    public boolean perhapsDone() {
        return sort.perhapsDone;
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** How a pass ends that could not go on because of this. */
    public Outcome outcome() {
        if (sort == Sort.BUSY && retryAfter != null) {
            return new Outcome.Progressing(retryAfter);
        }
        return sort == Sort.UNREACHABLE
                ? new Outcome.Unreachable(getMessage())
                : new Outcome.Failed(reason(), getMessage());
    }

    /** A stable word for machines. */
    public String reason() {
        return reason;
    }

    private static String usual(Sort sort) {
        return switch (sort) {
            case NOT_FOUND -> "NotFound";
            case CONFLICT -> "Conflict";
            case QUOTA -> "QuotaExceeded";
            case REFUSED -> "Refused";
            case UNAUTHORIZED -> "CredentialRefused";
            case BUSY -> "CloudBusy";
            case UNREACHABLE -> "CloudUnreachable";
            case UNSURE -> "CloudSilent";
        };
    }
}
