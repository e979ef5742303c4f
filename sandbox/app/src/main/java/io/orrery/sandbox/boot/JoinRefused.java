package io.orrery.sandbox.boot;

/** RKE2 did not come up; the message is the line of its log. systemd tries again as long as the machine runs. */
final class JoinRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private JoinRefused(String message) {
        super(message);
    }

    /** RKE2 ends, and its unit is started again. */
    static JoinRefused fatal(String message) {
        return new JoinRefused("level=fatal msg=" + quoted(message));
    }

    /** RKE2 itself goes on trying. */
    static JoinRefused error(String message) {
        return new JoinRefused("level=error msg=" + quoted(message));
    }

    static JoinRefused waiting(String message) {
        return new JoinRefused("level=info msg=" + quoted(message));
    }

    private static String quoted(String message) {
        return '"' + message.replace("\"", "\\\"") + '"';
    }
}
