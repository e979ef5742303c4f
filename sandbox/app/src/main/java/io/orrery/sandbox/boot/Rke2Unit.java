package io.orrery.sandbox.boot;

import java.util.Arrays;
import java.util.Optional;

/** The systemd unit that makes a machine a part of a cluster. */
enum Rke2Unit {
    SERVER("rke2-server"),
    AGENT("rke2-agent");

    private final String unit;

    Rke2Unit(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    /** The unit that the commands start, by themselves or in a script that was written before. */
    static Optional<Rke2Unit> startedBy(CloudConfig config) {
        return config.executed()
                .flatMap(text -> Arrays.stream(text.split("&&|\\|\\||[;\\n]")))
                .flatMap(command -> Arrays.stream(values()).filter(unit -> unit.isStartedBy(command)))
                .reduce((first, last) -> last);
    }

    /** {@code enable} alone starts a unit at the next boot only. */
    private boolean isStartedBy(String command) {
        var words = Arrays.asList(command.trim().split("[\\s'\"]+"));
        var starts = words.contains("start")
                || words.contains("restart")
                || (words.contains("enable") && words.contains("--now"));
        return words.stream().anyMatch(word -> word.endsWith("systemctl"))
                && starts
                && (words.contains(unit) || words.contains(unit + ".service"));
    }
}
