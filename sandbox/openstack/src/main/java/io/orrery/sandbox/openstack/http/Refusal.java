package io.orrery.sandbox.openstack.http;

/**
 * A request that is not granted. Each service writes it in its own shape; the type is Neutron's exception name and
 * means nothing to the others.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    public Refusal(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    public Refusal(int status, String message) {
        this(status, "", message);
    }

    /** A path that exists in reality and is not emulated. */
    public static Refusal unsupported(String what) {
        return new Refusal(501, "NotImplemented", "This emulator does not do this: " + what);
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }
}
