package io.orrery.sandbox.boot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

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
        return config.commands().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), scripts(config, command)))
                .flatMap(text -> Arrays.stream(text.split("&&|\\|\\||[;\\n]")))
                .flatMap(command -> Arrays.stream(values()).filter(unit -> unit.isStartedBy(command)))
                .reduce((first, last) -> last);
    }

    private static Stream<String> scripts(CloudConfig config, String command) {
        return Arrays.stream(command.trim().split("\\s+"))
                .filter(config.files()::containsKey)
                .map(path -> new String(config.files().get(path), StandardCharsets.UTF_8));
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
