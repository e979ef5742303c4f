package io.orrery.sandbox.controllers.kubelet;

/** How a container ended, in the kubelet's words: Completed, Error, OOMKilled. */
public record Exit(int code, String reason) {

    public static final Exit COMPLETED = new Exit(0, "Completed");
    public static final Exit OUT_OF_MEMORY = new Exit(137, "OOMKilled");

    /** Ended by the kubelet with SIGTERM, and in time. */
    public static final Exit TERMINATED = new Exit(143, "Error");

    public static Exit error(int code) {
        return new Exit(code, "Error");
    }
}
