package io.orrery.sandbox.boot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a {@code #cloud-config} matters here.
 *
 * @param files by absolute path, decoded
 * @param commands of runcmd in their order; one given as a list is joined by blanks
 * @param powersOff whether power_state asks for poweroff or halt after the last command
 */
record CloudConfig(Map<String, byte[]> files, List<String> commands, boolean powersOff) {
    static final CloudConfig NOTHING = new CloudConfig(Map.of(), List.of(), false);

    CloudConfig {
        files = Map.copyOf(files);
        commands = List.copyOf(commands);
    }

    /** The commands, each followed by the scripts that it runs, as far as these were written before. */
    Stream<String> executed() {
        return commands.stream().flatMap(command -> Stream.concat(Stream.of(command), scripts(command)));
    }

    private Stream<String> scripts(String command) {
        return Arrays.stream(command.trim().split("\\s+")).map(this::text).flatMap(Optional::stream);
    }

    Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
