package io.orrery.sandbox.kubernetes.store;

/** The revision asked for is no longer in the log; upstream answers 410. */
public final class CompactedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long asked;
    private final long oldest;

    CompactedException(long asked, long oldest) {
        super("too old resource version: " + asked + " (" + oldest + ")");
        this.asked = asked;
        this.oldest = oldest;
    }

    public long asked() {
        return asked;
    }

    public long oldest() {
        return oldest;
    }
}
